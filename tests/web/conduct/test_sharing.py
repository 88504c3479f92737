"""Which other sites may read what."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.archive import Archive
from web.app import create_app
from web.settings import Settings

BLOG = "https://blog.example"
SHARED = (
    "/search.json",
    "/search.atom",
    "/posts/aaaaaaaaaaa2.json",
    "/suggest.json",
    "/embed.js",
    "/nothing.json",
)
OWN = ("/", "/search", "/posts/aaaaaaaaaaa2/drones-over-the-harbour", "/healthz", "/nothing")


@pytest.fixture
def sharing(data: Path, archive: Archive) -> FlaskClient:
    """A site that two others may read."""
    return create_app(Settings(data, origins=(BLOG, "http://localhost:4000")), archive).test_client()


@pytest.fixture
def open_to_all(data: Path, archive: Archive) -> FlaskClient:
    return create_app(Settings(data, origins=("*",)), archive).test_client()


def preflight(site: FlaskClient, path: str, origin: str = BLOG, method: str = "GET") -> TestResponse:
    headers = {"Origin": origin, "Access-Control-Request-Method": method}
    return site.options(path, headers=headers)


@pytest.mark.parametrize("path", SHARED)
def test_a_site_that_is_allowed_may_read_what_is_for_programs(sharing: FlaskClient, path: str) -> None:
    headers = sharing.get(path, headers={"Origin": BLOG}).headers
    assert headers["Access-Control-Allow-Origin"] == BLOG
    assert "ETag" in headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in headers
    assert "Origin" in headers["Vary"]
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("path", OWN)
def test_nobody_else_may_read_a_page(sharing: FlaskClient, open_to_all: FlaskClient, path: str) -> None:
    for site in (sharing, open_to_all):
        headers = site.get(path, headers={"Origin": BLOG}).headers
        assert "Access-Control-Allow-Origin" not in headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert preflight(site, path).status_code in (404, 405)


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "",
        "*",
        BLOG + ".evil.example",
        BLOG + "/",
        "http://blog.example",
        BLOG.upper(),
    ],
)
def test_a_site_that_is_not_allowed_reads_nothing(sharing: FlaskClient, origin: str) -> None:
    headers = sharing.get("/search.json", headers={"Origin": origin}).headers
    assert "Access-Control-Allow-Origin" not in headers
    assert "Origin" in headers["Vary"]  # so that no cache gives this answer to one that is
    assert preflight(sharing, "/search.json", origin).status_code == 405


def test_everybody_may_read_where_all_may(open_to_all: FlaskClient) -> None:
    for origin in (BLOG, "null", "https://other.example"):
        headers = open_to_all.get("/search.json", headers={"Origin": origin}).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Origin" not in headers["Vary"]


def test_no_other_site_may_read_anything_unless_it_is_set(client: FlaskClient) -> None:
    headers = client.get("/search.json", headers={"Origin": BLOG}).headers
    assert not [name for name, _ in headers if name.startswith("Access-Control")]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert preflight(client, "/search.json").status_code == 405


def test_a_preflight_is_answered_once_a_day(sharing: FlaskClient) -> None:
    response = preflight(sharing, "/search.json")
    assert (response.status_code, response.data) == (204, b"")
    assert response.headers["Access-Control-Allow-Origin"] == BLOG
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert response.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert response.headers["Access-Control-Max-Age"] == "86400"


def test_what_is_no_preflight_of_a_reader_is_refused(sharing: FlaskClient) -> None:
    assert sharing.options("/search.json", headers={"Origin": BLOG}).status_code == 405
    assert sharing.options("/search.json").status_code == 405
    for method in ("POST", "PUT", "DELETE", "get", "GET, HEAD", ""):
        assert preflight(sharing, "/search.json", method=method).status_code == 405
    assert preflight(sharing, "/nothing.json").status_code == 404


def test_a_known_answer_may_be_read_as_well(sharing: FlaskClient) -> None:
    tag = sharing.get("/search.json").headers["ETag"]
    response = sharing.get("/search.json", headers={"Origin": BLOG, "If-None-Match": tag})
    assert response.status_code == 304
    assert response.headers["Access-Control-Allow-Origin"] == BLOG


def test_a_preflight_does_not_count_as_a_request(data: Path, archive: Archive) -> None:
    site = create_app(Settings(data, origins=(BLOG,), rate=1), archive).test_client()
    for _ in range(3):
        assert preflight(site, "/search.json").status_code == 204
    assert site.get("/search.json").status_code == 200
    refused = site.get("/search.json", headers={"Origin": BLOG})
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (429, BLOG)
