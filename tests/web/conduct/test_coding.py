"""In which coding answers are sent."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.archive import Archive
from web.app import create_app
from web.conduct import coding
from web.settings import Settings

SEARCH = "/search.json?q=roses"


def ask(client: FlaskClient, path: str, accepted: str | None) -> TestResponse:
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    return client.get(path, headers=headers)


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        (None, ("",)),
        ("", ("",)),
        ("gzip", ("gzip", "")),
        ("GZIP", ("gzip", "")),
        ("x-gzip", ("gzip", "")),
        ("gzip, deflate, br, zstd", ("gzip", "")),
        ("br", ("",)),
        ("*", ("gzip", "")),
        ("gzip;q=0", ("",)),
        ("gzip;q=0, *", ("",)),
        ("gzip;q=0.5, identity", ("",)),
        ("gzip;q=0.5, identity;q=0.5", ("gzip", "")),
        ("gzip;q=0.001", ("gzip", "")),
        ("gzip, identity;q=0", ("gzip",)),
        ("gzip, *;q=0", ("gzip",)),
        ("*, identity;q=0", ("gzip",)),
        ("identity;q=0", ()),
        ("*;q=0", ()),
        ("gzip;q=0, identity;q=0", ()),
        ("gzip;q=2", ("",)),
        ("gzip;q=x", ("",)),
        (";;,q=,=\x7f,gzip;", ("gzip", "")),
    ],
)
def test_the_client_says_which_codings_it_reads(header: str | None, codings: tuple[str, ...]) -> None:
    assert coding.acceptable(header) == codings


def test_text_is_compressed_for_who_reads_it(client: FlaskClient) -> None:
    plain, packed = (
        ask(client, "/search.atom?q=roses", "identity"),
        ask(client, "/search.atom?q=roses", "gzip"),
    )
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert plain.headers["ETag"] != packed.headers["ETag"]


@pytest.mark.parametrize(
    "path",
    ["/", SEARCH, "/static/style.css", "/static/page.js", "/posts/aaaaaaaaaaa2.json", "/nothing"],
)
def test_all_kinds_of_text_are_compressed(client: FlaskClient, path: str) -> None:
    assert ask(client, path, "gzip").headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/healthz", "/robots.txt", "/suggest.json?q=zzz"])
def test_what_is_small_is_sent_as_it_is(client: FlaskClient, path: str) -> None:
    response = ask(client, path, "gzip")
    assert "Content-Encoding" not in response.headers
    assert len(response.data) < coding.WORTHWHILE


@pytest.mark.parametrize("path", ["/healthz", "/robots.txt", SEARCH, "/static/icon.svg"])
def test_what_a_client_refuses_as_it_is_is_compressed(client: FlaskClient, path: str) -> None:
    response = ask(client, path, "gzip, identity;q=0")
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.data)


def test_who_reads_no_coding_that_there_is_is_told(client: FlaskClient) -> None:
    response = ask(client, SEARCH, "identity;q=0, br")
    assert (response.status_code, response.mimetype) == (406, "application/problem+json")


def test_each_coding_is_known_by_its_own_tag(client: FlaskClient) -> None:
    plain, packed = (ask(client, SEARCH, accepted).headers["ETag"] for accepted in ("identity", "gzip"))
    for accepted, known, status in (
        ("gzip", packed, 304),
        ("gzip", plain, 304),  # who reads gzip may be sent the bytes as they are
        ("identity", plain, 304),
        ("identity", packed, 200),
        ("gzip, identity;q=0", plain, 200),
    ):
        headers = {"Accept-Encoding": accepted, "If-None-Match": known}
        assert client.get(SEARCH, headers=headers).status_code == status


def test_a_stream_is_compressed_as_it_comes(data: Path, archive: Archive) -> None:
    app = create_app(Settings(data), archive)
    made = []

    def lines() -> Iterator[bytes]:
        for number in range(50_000):
            made.append(number)
            yield b'{"number": %d}\n' % number

    @app.get("/many.jsonl")
    def many() -> Response:
        return Response(lines(), mimetype="application/jsonl")

    response = app.test_client().get("/many.jsonl", headers={"Accept-Encoding": "gzip"}, buffered=False)
    first = next(response.iter_encoded())
    assert first
    assert 0 < len(made) < 50_000
    rest = b"".join(response.iter_encoded())
    assert gzip.decompress(first + rest).count(b"\n") == 50_000
    assert "Content-Length" not in response.headers


def test_a_stream_that_breaks_off_closes_what_it_is_made_of() -> None:
    closed = []

    def parts() -> Iterator[bytes]:
        try:
            while True:
                yield bytes(range(256)) * 256
        finally:
            closed.append(True)

    stream = coding.compressing(parts())
    next(stream)
    stream.close()  # type: ignore[attr-defined] # it is a generator
    assert closed


@pytest.mark.parametrize(
    ("media_type", "smaller"),
    [
        ("text/html", True),
        ("application/json", True),
        ("application/problem+json", True),
        ("application/jsonl", True),
        ("application/x-ndjson", True),
        ("application/atom+xml", True),
        ("application/xml", True),
        ("text/javascript", True),
        ("image/svg+xml", True),
        ("image/png", False),
        ("application/octet-stream", False),
        ("", False),
    ],
)
def test_pictures_are_not_compressed_again(media_type: str, smaller: bool) -> None:
    assert coding.compresses(media_type) is smaller
