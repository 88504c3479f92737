"""What strangers send, and what posts from anywhere hold, stays inert."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.archive import Archive
from search.errors import IndexUnreadable
from web.app import create_app
from web.conduct.safety import DOCUMENT_POLICY
from web.settings import Settings

EVIL_PAGES = (
    "/search?q=evil",
    "/search?q=" + quote("\"><script>alert('query')</script>"),
    "/search?tag=" + quote("\"><script>alert('tag')</script>"),
    "/search?-author=" + quote("<svg onload=alert('author')>"),
    "/search?sort=" + quote("<script>alert('sort')</script>"),
    "/search?" + quote("<script>alert('name')</script>") + "=1",
    "/facets/tag?q=evil&prefix=" + quote("\"><script>alert('prefix')</script>"),
    "/facets/" + quote("<script>alert('facet')</script>"),
    "/posts/eeeeeeeeeee2/script-alert-title-script-evil?q=evil",
    "/posts/" + quote("<script>alert('id')</script>"),
    "/" + quote("<script>alert('path')</script>"),
)


@pytest.mark.parametrize("path", EVIL_PAGES)
def test_scripts_in_posts_comments_and_addresses_do_not_become_markup(client: FlaskClient, path: str) -> None:
    page = LexborHTMLParser(client.get(path).text)
    scripts = page.css("script")
    assert len(scripts) == 1
    assert str(scripts[0].attributes["src"]).startswith("/static/page.js")
    for node in page.root.css("*") if page.root else ():
        assert node.tag not in ("iframe", "object", "embed", "style")
        assert node.tag != "img" or str(node.attributes["src"]).startswith("/logo?v=")
        assert not [name for name in node.attributes if name.startswith("on") or name == "style"]
        assert not str(node.attributes.get("href") or "").lower().startswith(("javascript:", "data:"))


def test_scripts_in_json_snippets_are_escaped(client: FlaskClient) -> None:
    (result,) = client.get("/search.json?q=evil").get_json()["results"]
    assert result["link"] == ""
    assert all("<script" not in snippet["html"] for snippet in result["snippets"])


@pytest.mark.parametrize("path", ["/", "/search?q=roses", "/facets/tag", "/nothing", "/posts/x"])
def test_every_page_forbids_what_it_does_not_need(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    "path", ["/search.json", "/search.atom", "/static/style.css", "/healthz", "/robots.txt", "/nothing.json"]
)
def test_what_is_no_page_loads_nothing_where_it_is_shown_as_one(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == DOCUMENT_POLICY
    assert {"default-src 'none'", "frame-ancestors 'none'"} <= set(DOCUMENT_POLICY.split("; "))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_only_a_site_that_is_encrypted_says_so(client: FlaskClient, data: Path, archive: Archive) -> None:
    encrypted = create_app(Settings(data, "https://search.example.org"), archive).test_client()
    assert "Strict-Transport-Security" in encrypted.get("/").headers
    assert "Strict-Transport-Security" not in client.get("/").headers


@pytest.mark.parametrize(("path", "status"), [("/search", 200), ("/nowhere", 404), ("/search.json", 200)])
def test_bytes_that_no_address_may_have_are_read_as_if_they_were_quoted(
    client: FlaskClient, path: str, status: int
) -> None:
    raw = client.get(path, environ_overrides={"QUERY_STRING": "q=\x8e\xff"})
    assert (raw.status_code, client.get(f"{path}?q=%8e%ff").status_code) == (status, status)


@pytest.mark.parametrize(
    "path",
    [
        "/posts/../../etc/passwd",
        "/posts/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/posts/%2e%2e",
        "/posts/%00",
        "/posts/%00.json",
        "/posts/aaaaaaaaaaa2%00/x",
        "/posts/" + "a" * 5000,
        "/posts/aaaaaaaaaaa2/x/y",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
    ],
)
def test_an_address_that_is_no_post_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "%00",
        "%ed%a0%80",
        "%ff%fe",
        "%e2%80%ae",
        "a%cc%81" * 900,
        "(" * 999,
        '"' * 999,
        "*",
        "?*a*?",
        "[a TO z]",
        "-" * 999,
    ],
)
def test_any_text_can_be_searched_for(client: FlaskClient, query: str) -> None:
    for path in ("/search.json", "/search", "/search.atom"):
        assert client.get(f"{path}?q={query}").status_code in (200, 400)


@pytest.mark.parametrize("forged", [{"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}])
def test_a_forged_host_is_in_no_link(client: FlaskClient, forged: dict[str, str]) -> None:
    for path in (
        "/search?q=roses",
        "/search.json?q=roses",
        "/search.atom?q=roses",
        "/posts/aaaaaaaaaaa2",
        "/posts/aaaaaaaaaaa2/drones-over-the-harbour",
        "/posts/bbbbbbbbbbb2/post",
        "/nothing",
    ):
        response = client.get(path, headers=forged)
        assert "evil.example" not in response.text
        assert "evil.example" not in response.headers.get("Location", "")


@pytest.mark.parametrize(
    "path", ["", "//search", "//evil.example/search", "/search/", "/posts/aaaaaaaaaaa2/"]
)
def test_an_unusual_path_never_redirects_to_a_forged_host(client: FlaskClient, path: str) -> None:
    response = client.get("/", headers={"Host": "evil.example"}, environ_overrides={"PATH_INFO": path})
    assert "//" not in response.headers.get("Location", "")


def test_a_base_url_is_in_the_links_that_leave_the_site(data: Path, archive: Archive) -> None:
    client = create_app(Settings(data, "https://search.example.org"), archive).test_client()
    own_address = "https://search.example.org/posts/bbbbbbbbbbb2/post"
    assert f'href="{own_address}"' in client.get("/posts/bbbbbbbbbbb2/post").text
    assert 'href="https://search.example.org/search.atom' in client.get("/search.atom").text


def test_an_archive_that_cannot_be_read_is_told_without_its_insides(
    data: Path, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Settings(data), archive)

    @app.get("/broken.json")
    def broken() -> str:
        raise IndexUnreadable("/srv/secret/index: no generation can be opened")

    response = app.test_client().get("/broken.json")
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert "secret" not in response.text
    assert "secret" in caplog.text


def test_styles_and_scripts_are_small_and_nothing_is_inline(client: FlaskClient) -> None:
    home = client.get("/").text
    for name, most in (("style.css", 20_000), ("page.js", 10_000)):
        (address,) = re.findall(rf'"(/static/{name}\?v=[0-9a-f]+)"', home)
        with client.get(address) as response:
            assert len(response.data) < most
            assert "max-age=31536000" in response.headers["Cache-Control"]
