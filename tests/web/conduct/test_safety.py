"""What a browser may do with each answer: hardly anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from search.archive import Archive
from tests.web.conduct.observatory import Answer, policy, report
from web.app import create_app
from web.conduct.limits import Limiter
from web.conduct.safety import UNREADABLE
from web.settings import Settings

LEAST = 110
POST = "/posts/aaaaaaaaaaa2"
PATHS = {
    "the search page": "/",
    "results": "/search?q=roses",
    "browsing": "/browse",
    "a facet": "/facets/tag",
    "a post": f"{POST}/drones-over-the-harbour",
    "a post by an old address": POST,
    "a search for programs": "/search.json?q=roses",
    "a feed": "/search.atom?q=roses",
    "an export": "/search.jsonl?q=roses",
    "a post for programs": f"{POST}.json",
    "a post as text": f"{POST}.txt",
    "a citation": f"{POST}.bib",
    "values for programs": "/facets/tag.json",
    "completions": "/suggest.json?q=ro",
    "completions for a browser": "/suggest/opensearch.json?q=ro",
    "the reference": "/api",
    "a kind of problem": "/problems/not-found",
    "the description of the API": "/openapi.json",
    "the description of the site": "/opensearch.xml",
    "the list of posts": "/sitemap.xml",
    "a part of it": "/sitemap-1.xml",
    "what crawlers may read": "/robots.txt",
    "whether it is alive": "/healthz",
    "whether it is ready": "/readyz",
    "the style": "/static/style.css",
    "the script": "/static/page.js",
    "the logo": "/logo",
    "the icon": "/favicon.ico",
    "the search box for a blog": "/embed.js",
    "no page": "/nothing",
    "no document": "/nothing.json",
    "no file": "/static/nothing",
    "no post": "/posts/zzzzzzzzzzz2",
    "a wrong parameter on a page": "/search?page=-1",
    "a wrong parameter for programs": "/search.json?page=-1",
}


@pytest.fixture(scope="module")
def encrypted(data: Path, archive: Archive) -> Flask:
    """A site as it is on the internet."""
    return create_app(Settings(data, "https://search.example.org"), archive)


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_the_observatory_gives_every_answer_110_at_least(encrypted: Flask, path: str, method: str) -> None:
    found = report(Answer.of(encrypted.test_client().open(path, method=method)))
    assert found.score >= LEAST, found.modifiers
    assert found.grade == "A+"


def test_pages_have_all_there_is_to_have_for_a_site_that_is_in_no_browser_by_name(encrypted: Flask) -> None:
    found = report(Answer.of(encrypted.test_client().get("/search?q=roses")))
    assert found.score == 130, found.modifiers


def test_what_is_known_already_is_as_safe(encrypted: Flask) -> None:
    client = encrypted.test_client()
    for path in ("/search?q=roses", "/search.json?q=roses", "/static/page.js"):
        tag = client.get(path).headers["ETag"]
        known = client.get(path, headers={"If-None-Match": tag})
        assert known.status_code == 304
        assert report(Answer.of(known)).score >= LEAST


def test_what_is_shared_with_all_sites_is_as_safe(data: Path, archive: Archive) -> None:
    settings = Settings(data, "https://search.example.org", origins=("*",))
    client = create_app(settings, archive).test_client()
    for path in ("/search.json", "/search.atom", "/embed.js", "/search"):
        answer = Answer.of(client.get(path, headers={"Origin": "https://other.example"}))
        assert report(answer).score >= LEAST


def test_a_refusal_and_a_fault_are_as_safe(data: Path, archive: Archive) -> None:
    settings = Settings(data, "https://search.example.org")
    app = create_app(settings, archive, limiter=Limiter(1, now=lambda: 0.0))
    app.logger.disabled = True

    @app.get("/fault")
    def fault() -> str:
        raise RuntimeError("a fault of the program")

    try:
        statuses = {}
        for path in ("/fault", "/search", "/search.json"):
            response = app.test_client().get(path)
            statuses[path] = response.status_code
            assert report(Answer.of(response)).score >= LEAST
    finally:
        app.logger.disabled = False
    assert statuses == {"/fault": 500, "/search": 429, "/search.json": 429}


def test_what_cannot_be_read_at_all_is_shown_and_nothing_else() -> None:
    found = report(Answer(Headers(UNREADABLE))).modifiers
    assert {name: modifier for name, modifier in found.items() if modifier < 0} == {
        "strict-transport-security": -20  # of requests that cannot be read nobody says for whom they were
    }


@pytest.mark.parametrize(
    ("encryption", "pictures", "insists"),
    [
        ("https://search.example.org", {"'self'", "https:", "data:"}, True),
        ("http://search.example.org", {"'self'", "https:", "http:", "data:"}, False),
        ("", {"'self'", "https:", "http:", "data:"}, False),
    ],
)
def test_only_a_site_that_is_encrypted_insists_on_encryption(
    data: Path, archive: Archive, encryption: str, pictures: set[str], insists: bool
) -> None:
    headers = create_app(Settings(data, encryption), archive).test_client().get("/").headers
    assert policy(headers)["img-src"] == pictures
    assert ("upgrade-insecure-requests" in policy(headers)) is insists
    assert ("Strict-Transport-Security" in headers) is insists
    assert "includeSubDomains" not in headers.get("Strict-Transport-Security", "")


def test_a_page_may_use_nothing_of_a_device(client: FlaskClient) -> None:
    granted = dict(part.split("=") for part in client.get("/").headers["Permissions-Policy"].split(", "))
    assert {"camera", "microphone", "geolocation", "usb", "payment"} <= set(granted)
    assert set(granted.values()) == {"()"}


BARE: Mapping[str, str] = {}
STRICT = {
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
EXAMPLES = (
    (BARE, 30, "D"),  # 100 - 25 - 20 - 5 - 20
    (STRICT, 130, "A+"),
    ({**STRICT, "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'"}, 125, "A+"),
    ({**STRICT, "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}, 80, "B+"),
    ({**STRICT, "Content-Security-Policy": "default-src 'self'; script-src 'unsafe-inline'"}, 60, "C+"),
    ({**STRICT, "Content-Security-Policy": "script-src 'self'; frame-ancestors 'none'"}, 80, "B+"),
    (
        {**STRICT, "Content-Security-Policy": "default-src http:; script-src 'self'; object-src 'none'"},
        60,
        "C+",
    ),
    (
        {**STRICT, "Content-Security-Policy": "default-src 'none'; img-src http:; frame-ancestors 'none'"},
        110,
        "A+",
    ),
    ({**STRICT, "Strict-Transport-Security": "max-age=86400"}, 120, "A+"),
    ({**STRICT, "Strict-Transport-Security": "for ever"}, 80, "B+"),
    ({**STRICT, "X-Content-Type-Options": "sniff"}, 125, "A+"),
    ({**STRICT, "Referrer-Policy": "unsafe-url"}, 120, "A+"),
    ({**STRICT, "Referrer-Policy": "unsafe-url, no-referrer"}, 130, "A+"),
    ({**STRICT, "Cross-Origin-Resource-Policy": "cross-origin"}, 120, "A+"),
    ({**STRICT, "Cross-Origin-Resource-Policy": "perhaps"}, 115, "A+"),
    ({**STRICT, "Access-Control-Allow-Origin": "*"}, 130, "A+"),
    ({**STRICT, "Access-Control-Allow-Credentials": "true"}, 50, "C"),
    ({**STRICT, "Set-Cookie": "a=b"}, 125, "A+"),
    ({**STRICT, "Set-Cookie": "session=b; Secure"}, 70, "B"),
    ({**STRICT, "Set-Cookie": "session=b; HttpOnly"}, 120, "A+"),
    ({**STRICT, "Set-Cookie": "session=b; Secure; HttpOnly; SameSite=Lax"}, 135, "A+"),
    ({**STRICT, "Set-Cookie": "a=b; Secure; SameSite=Perhaps"}, 80, "B+"),
    ({**STRICT, "Location": "http://search.example.org/"}, 80, "B+"),
    ({"X-Frame-Options": "DENY"}, 50, "C"),
)


@pytest.mark.parametrize(("headers", "score", "grade"), EXAMPLES)
def test_the_scorer_gives_what_the_observatory_documents(
    headers: Mapping[str, str], score: int, grade: str
) -> None:
    found = report(Answer(Headers(headers)))
    assert (found.score, found.grade) == (score, grade), found.modifiers


@pytest.mark.parametrize(
    ("script", "modifier"),
    [
        ('<script src="/page.js"></script>', 0),
        ('<script src="/page.js" integrity="sha256-x"></script>', 5),
        ('<script src="https://cdn.example/x.js"></script>', -5),
        ('<script src="https://cdn.example/x.js" integrity="sha256-x"></script>', 5),
        ('<script src="http://cdn.example/x.js" integrity="sha256-x"></script>', -20),
        ('<script src="//cdn.example/x.js"></script>', -50),
        ("<p>No script", 0),
    ],
)
def test_the_scorer_looks_at_the_scripts_of_a_page(script: str, modifier: int) -> None:
    found = report(Answer(Headers(STRICT), f"<!doctype html>{script}"))
    assert found.modifiers["subresource-integrity"] == modifier
