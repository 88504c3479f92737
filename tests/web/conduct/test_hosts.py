"""By which names a site answers, and what it says to those who come by another."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from search.archive import Archive
from web.app import create_app
from web.conduct.hosts import NoHost, host_of, hosts
from web.settings import InvalidSetting, Settings

HERE = Path("data")
EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing listens
MACHINE = socket.gethostname().lower()
STRANGERS = ("evil.example", "127.0.0.1.nip.io", "localhost.evil.example", "evil.localhost", "1.evil")


@pytest.mark.parametrize(
    ("listening", "named", "names", "others"),
    [
        ("127.0.0.1", "127.0.0.1", ("localhost", "127.0.0.1", "::1"), ("192.0.2.7", MACHINE)),
        ("::1", "localhost", ("localhost", "127.0.0.1", "::1"), ("2001:db8::1",)),
        ("192.0.2.7", "192.0.2.7", ("localhost", "192.0.2.7"), ("192.0.2.8",)),
        ("192.0.2.7", "mybox.home", ("mybox.home", "192.0.2.7"), ("mybox",)),
        (EVERYWHERE, EVERYWHERE, ("localhost", "192.0.2.7", "::1", "2001:db8::1", MACHINE), ("mybox.home",)),
        ("::", "::", ("localhost", "192.0.2.7", f"{MACHINE.partition('.')[0]}.local"), ("other.local",)),
    ],
)
def test_a_site_without_a_base_url_goes_by_the_names_of_where_it_listens(
    listening: str, named: str, names: tuple[str, ...], others: tuple[str, ...]
) -> None:
    found = hosts(Settings(HERE, hosts=(named,)), listening)
    assert [name for name in names if name not in found] == []
    assert [name for name in (*others, *STRANGERS) if name in found] == []


def test_a_site_with_a_base_url_goes_by_the_name_in_it() -> None:
    found = hosts(Settings(HERE, "https://Search.Example.org:8443"), EVERYWHERE)
    assert "search.example.org" in found
    for name in ("192.0.2.7", "localhost", MACHINE, "example.org", *STRANGERS):
        assert name not in found


def test_a_web_server_in_front_may_name_where_it_asks() -> None:
    local = hosts(Settings(HERE, "https://search.example.org"), "127.0.0.1")
    assert "127.0.0.1" in local
    assert "localhost" in local
    other = hosts(Settings(HERE, "https://search.example.org"), "192.0.2.7")
    assert "192.0.2.7" in other
    assert "localhost" not in other


def test_further_names_can_be_set_and_all_allowed() -> None:
    found = hosts(Settings(HERE, hosts=("MyBox.local", "[2001:db8::7]")), "127.0.0.1")
    assert "mybox.local" in found
    assert "2001:db8::7" in found
    assert "evil.example" not in found
    assert "evil.example" in hosts(Settings(HERE, hosts=("*",)), "127.0.0.1")


@pytest.mark.parametrize("name", ["mybox:8080", "http://mybox", "*.example.org", "a b", "mybox/"])
def test_what_is_no_name_is_a_wrong_setting(name: str) -> None:
    with pytest.raises(InvalidSetting, match="no port"):
        Settings(HERE, hosts=(name,))


@pytest.mark.parametrize(
    ("header", "target", "name"),
    [
        ("localhost", "/", "localhost"),
        ("LocalHost.:8080", "/", "localhost"),
        ("127.0.0.1:", "/", "127.0.0.1"),
        ("[::1]:65535", "/", "::1"),
        ("xn--bcher-kva.example", "/search?q=http://other.example", "xn--bcher-kva.example"),
        ("localhost", "http://evil.example/search", "evil.example"),
        ("evil.example", "HTTP://localhost:8080?q=x", "localhost"),
    ],
)
def test_a_request_names_a_site_in_its_header_or_its_whole_address(
    header: str, target: str, name: str
) -> None:
    assert host_of(header, target) == name


@pytest.mark.parametrize(
    "header",
    [
        "",
        " ",
        "a b",
        "a, a",
        "localhost, evil.example",
        "user@localhost",
        "localhost:x",
        "localhost:65536",
        "localhost:-1",
        "[::1",
        "::1",
        "[localhost]",
        "localhost/",
        "localhost#",
        "löcalhost",
        "\xff",
        "localhost\x00",
        "a" * 500,
    ],
)
def test_what_is_no_host_is_told_apart(header: str) -> None:
    with pytest.raises(NoHost):
        host_of(header)


@given(st.text(), st.text())
def test_any_text_is_a_host_or_is_not(header: str, target: str) -> None:
    with suppress(NoHost):
        assert host_of(header, target)


@pytest.fixture(scope="module")
def guarded(data: Path, archive: Archive) -> FlaskClient:
    """A site on this machine."""
    settings = Settings(data, "https://search.example.org")
    return create_app(settings, archive, hosts=hosts(settings, "127.0.0.1")).test_client()


@pytest.mark.parametrize("host", STRANGERS)
def test_by_another_name_nothing_of_the_archive_is_answered(guarded: FlaskClient, host: str) -> None:
    for path in ("/", "/search?q=roses", "/posts/aaaaaaaaaaa2", "/nothing"):
        page = guarded.get(path, headers={"Host": host})
        assert (page.status_code, page.mimetype) == (421, "text/html")
        assert "--hosts" in page.text
        assert host not in page.text
        assert not [a for a in LexborHTMLParser(page.text).css("main a") if a.attributes["href"]]
    for path in ("/search.json?q=roses", "/posts/aaaaaaaaaaa2.json", "/search.jsonl"):
        document = guarded.get(path, headers={"Host": host})
        assert (document.status_code, document.mimetype) == (421, "application/problem+json")
        assert document.get_json()["type"].endswith("/problems/unknown-host")
        assert document.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["search.example.org", "search.example.org:443", "localhost:8080", "[::1]"])
def test_by_its_own_names_a_site_answers(guarded: FlaskClient, host: str) -> None:
    for path in ("/search?q=roses", "/search.json?q=roses"):
        assert guarded.get(path, headers={"Host": host}).status_code == 200


def test_probes_ask_by_whatever_name_they_have_and_pages_of_refusal_have_their_style(
    guarded: FlaskClient,
) -> None:
    for path in ("/healthz", "/readyz", "/static/style.css", "/logo"):
        assert guarded.get(path, headers={"Host": "10.0.0.7:8080"}).status_code == 200


@pytest.mark.parametrize("host", ["", "a b", "localhost, localhost", "localhost:99999"])
def test_a_request_that_names_no_site_is_a_bad_one(guarded: FlaskClient, host: str) -> None:
    assert guarded.get("/search", headers={"Host": host}).status_code == 400
    problem = guarded.get("/search.json", headers={"Host": host})
    assert (problem.status_code, problem.mimetype) == (400, "application/problem+json")
    assert "Host" in problem.get_json()["detail"]


@pytest.mark.parametrize(
    "name",
    [
        "X-Forwarded-Host",
        "X-Host",
        "X-Original-Host",
        "Forwarded",
        "X-Forwarded-Server",
        "X-HTTP-Host-Override",
    ],
)
def test_only_the_host_header_says_by_which_name(guarded: FlaskClient, name: str) -> None:
    value = "host=localhost" if name == "Forwarded" else "localhost"
    assert guarded.get("/", headers={"Host": "evil.example", name: value}).status_code == 421
    forged = "host=evil.example;proto=http" if name == "Forwarded" else "evil.example"
    assert guarded.get("/", headers={"Host": "localhost", name: forged}).status_code == 200
