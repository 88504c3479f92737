"""What is measured over HTTP is what is said to be measured."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from benchmarks.cases import Case, Joined
from benchmarks.serving import database
from benchmarks.serving.__main__ import path
from benchmarks.serving.client import Connection, Refused, requests_per_second
from benchmarks.serving.latency import Cost
from benchmarks.serving.report import Rates, as_markdown
from tests.benchmarks.invented import corpus
from web import params


class Echo(BaseHTTPRequestHandler):
    """Answers with the path that was asked for; does not know `/nowhere`."""

    protocol_version = "HTTP/1.1"
    asked: list[str]

    def do_GET(self) -> None:
        """Answer."""
        self.asked.append(self.path)
        body = self.path.encode()
        self.send_response(404 if self.path == "/nowhere" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def echo() -> Iterator[ThreadingHTTPServer]:
    Echo.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        answering = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        answering.start()
        yield server
        server.shutdown()
        answering.join()


def test_a_connection_asks_one_thing_after_the_other(echo: ThreadingHTTPServer) -> None:
    with Connection(echo.server_port) as connection:
        assert [connection.get(asked)[1] for asked in ("/one", "/two")] == [b"/one", b"/two"]


def test_an_answer_that_is_no_success_counts_for_nothing(echo: ThreadingHTTPServer) -> None:
    with Connection(echo.server_port) as connection, pytest.raises(Refused, match="404"):
        connection.get("/nowhere")


def test_many_clients_share_the_searches_in_turns(echo: ThreadingHTTPServer) -> None:
    rate = requests_per_second(echo.server_port, ["/a", "/b", "/c", "/d"], connections=4, seconds=0)
    assert rate > 0
    assert {"/a", "/b", "/c", "/d"} <= set(Echo.asked)


@pytest.mark.parametrize(
    ("case", "text"),
    [
        (Case(("stone", "walls")), "stone walls"),
        (Case(("stone", "walls"), Joined.PHRASE), '"stone walls"'),
        (Case(tag="craft"), ""),
    ],
)
def test_both_servers_are_asked_the_same(case: Case, text: str) -> None:
    ours = params.read(parse_qs(urlsplit(path(case, ".json")).query), strict=True)
    theirs = parse_qs(urlsplit(database.path(case, ".json")).query)
    assert ours.query.text == text == theirs.get("_search", [""])[0]
    assert (
        ours.filters.chosen("tag")
        == tuple(theirs.get("tags__arraycontains", ()))
        == tuple(filter(None, [case.tag]))
    )


def test_the_other_database_finds_words_by_their_stems(tmp_path: Path) -> None:
    posts = corpus()
    database.make_database(posts, tmp_path / "posts.db")
    with sqlite3.connect(tmp_path / "posts.db") as opened:
        [(found,)] = opened.execute("SELECT count(*) FROM posts_fts WHERE posts_fts MATCH 'lantern'")
    opened.close()
    assert found == sum("lantern" in f"{post.title} {post.text}" for post in posts)


def test_a_pace_is_compared_round_by_round() -> None:
    costs = [Cost("/search.json", inside=1, outside=1.5, added=0.5, added_p90=0.75)]
    rates = {"/search.json": [Rates(100, 10), Rates(30, 1), Rates(100, 20)], "/search": [Rates(8, 2)]}
    told = as_markdown(costs, rates, 0.95, Namespace(workers=2, connections=8))
    assert "| `/search.json` | 1.00 | 1.50 | 0.50 | 0.75 |" in told
    assert "| `/search.json` | 100 | 10.0 | 10.0 |" in told
    assert "| `/search` | 8 | 2.0 | 4.0 |" in told
    assert "95%" in told
