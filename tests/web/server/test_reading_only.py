"""Nothing that comes over HTTP changes a byte of the data folder."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from search.archive import Archive
from tests.torture.asker import Answer, Asker
from tests.web.serving import serving
from web.app import create_app
from web.settings import Settings

READING = ("GET", "HEAD")
CHANGING = (
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "TRACE",
    "CONNECT",
    "OPTIONS",
    "PROPFIND",
    "MKCOL",
    "FOO",
)
VALUES = {
    "post_id": "aaaaaaaaaaa2",
    "slug": "drones-over-the-harbour",
    "facet": "tag",
    "kind": "not-found",
    "filename": "page.js",
    "number": "1",
}
SQLITES = {"store.db-wal", "store.db-shm"}
"""What SQLite keeps beside a store in WAL mode while it is open: readers note there up to where they read."""


def rules(app: Flask) -> list[str]:
    """An address of each route."""
    found = [rule.rule for rule in app.url_map.iter_rules()]
    return sorted({re.sub(r"<(?:[^>]*:)?(\w+)>", lambda name: VALUES[name[1]], rule) for rule in found})


def state(data: Path) -> dict[str, tuple[int, int, str]]:
    """The mode, the time of the last change in nanoseconds and a hash of every file, SQLite's notes aside."""
    return {
        path.relative_to(data).as_posix(): (
            path.stat().st_mode,
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in sorted(data.rglob("*"))
        if path.name not in SQLITES
    }


@pytest.fixture(scope="module")
def copy(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of its own, so that no other test opens it."""
    return shutil.copytree(data, tmp_path_factory.mktemp("reading") / "data")


@pytest.fixture(scope="module")
def addresses(copy: Path) -> list[str]:
    with Archive.open(copy) as archive:
        return rules(create_app(Settings(copy), archive))


@pytest.fixture(scope="module")
def asker(copy: Path) -> Iterator[tuple[Asker, str]]:
    with serving(copy) as site, Asker(urlsplit(site).port or 0) as opened:
        yield opened, urlsplit(site).netloc


def ask(asker: tuple[Asker, str], method: str, path: str, body: bytes = b"") -> Answer:
    client, host = asker
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{length}\r\n"
    return client.ask(head.encode() + body, has_body=method != "HEAD")


def test_every_method_at_every_address_leaves_the_archive_as_it_was(
    copy: Path, addresses: list[str], asker: tuple[Asker, str]
) -> None:
    before = state(copy)
    assert {"store.db", "LOCK", "index/CURRENT"} <= before.keys()
    for path in addresses:
        for method in READING:
            assert ask(asker, method, path).status in (200, 301, 404), (method, path)
        for method in CHANGING:
            answer = ask(asker, method, path, json.dumps({"title": "changed"}).encode())
            assert answer.status == 405, (method, path)
            assert set(answer.headers["allow"].split(", ")) == set(READING)
    assert state(copy) == before


def test_where_there_is_nothing_nothing_can_be_made(copy: Path, asker: tuple[Asker, str]) -> None:
    before = state(copy)
    for path in ("/nothing", "/posts/zzzzzzzzzzz2/x", "/data/store.db", "/store.db", "/index/CURRENT"):
        for method in CHANGING:
            assert ask(asker, method, path, b"x").status in (404, 405), (method, path)
    assert state(copy) == before


def test_all_that_can_be_asked_leaves_the_archive_as_it_was(copy: Path, asker: tuple[Asker, str]) -> None:
    before = state(copy)
    for query in ("q=roses", "q=evil&tag=garden&sort=newest", "q=%22roses", "q=lighthuose", "page=2&size=1"):
        for path in (
            "/search",
            "/search.json",
            "/search.atom",
            "/search.jsonl",
            "/facets/tag",
            "/suggest.json",
        ):
            assert ask(asker, "GET", f"{path}?{query}").status in (200, 400), (path, query)
    assert state(copy) == before


def test_a_body_without_end_is_refused_and_kept_nowhere(copy: Path, asker: tuple[Asker, str]) -> None:
    before = state(copy)
    assert ask(asker, "POST", "/search", b"x" * 100_000).status == 413
    assert state(copy) == before
