"""A server that is to end finishes what was begun; one that is full makes room; probes wait for nobody."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from web.server import server as module
from web.server.server import Server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATIENCE = 20


class Site:
    """An application that answers `/slow` when it may, anything else at once."""

    def __init__(self) -> None:
        self.begun, self.may_go_on = Event(), Event()
        self.answered: list[str] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/slow":
            self.begun.set()
            assert self.may_go_on.wait(PATIENCE)
        self.answered.append(path)
        start_response("200 OK", [("Content-Length", "4")])
        return [b"done"]


@contextmanager
def running(site: Site, threads: int = 2) -> Iterator[tuple[Server, Thread]]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(site, listener, threads=threads)
    loop = Thread(target=server.run)
    loop.start()
    try:
        yield server, loop
    finally:
        site.may_go_on.set()
        server.end()
        loop.join(PATIENCE)
        listener.close()
    assert not loop.is_alive()


def asked(server: Server, path: str) -> HTTPConnection:
    connection = HTTPConnection("127.0.0.1", int(server.effective_port), timeout=PATIENCE)
    connection.request("GET", path)
    return connection


def connect_until_refused(port: int) -> None:
    for _ in range(10_000):  # it closes its socket in a moment
        socket.create_connection(("127.0.0.1", port)).close()


def answer(connection: HTTPConnection) -> tuple[bytes, str | None]:
    response = connection.getresponse()
    return response.read(), response.headers["Connection"]


def test_a_request_that_was_begun_is_answered_and_nobody_else_gets_in() -> None:
    site = Site()
    with running(site) as (server, loop):
        kept, slow = asked(server, "/"), asked(server, "/slow")
        assert answer(kept) == (b"done", None)
        assert site.begun.wait(PATIENCE)
        server.end()
        # Who has a connection may ask once more, and is told that it was the last time.
        kept.request("GET", "/")
        assert answer(kept) == (b"done", "close")
        with pytest.raises(ConnectionRefusedError):
            connect_until_refused(int(server.effective_port))
        site.may_go_on.set()
        assert answer(slow) == (b"done", "close")
        loop.join(PATIENCE)
        assert not loop.is_alive()
        kept.close()
        slow.close()


def test_what_takes_too_long_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FINISH", 0.1)
    site = Site()
    with running(site) as (server, loop):
        slow = asked(server, "/slow")
        assert site.begun.wait(PATIENCE)
        server.end()
        loop.join(PATIENCE)
        assert not loop.is_alive()
        with pytest.raises(ConnectionError):
            answer(slow)
        slow.close()


def test_a_server_that_is_full_lets_go_of_whom_it_heard_of_least_lately(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "CONNECTIONS", 5)
    site = Site()
    with running(site) as (server, _):
        slow = asked(server, "/slow")
        assert site.begun.wait(PATIENCE)
        others = []
        for _ in range(20):
            others.append(asked(server, "/"))
            assert answer(others[-1])[0] == b"done"
        assert len(server.active_channels) <= 5
        site.may_go_on.set()
        assert answer(slow)[0] == b"done"
        for connection in (slow, *others):
            connection.close()


def test_a_probe_waits_for_no_request_that_came_before_it() -> None:
    site = Site()
    with running(site, threads=1) as (server, _):
        first = asked(server, "/slow")
        assert site.begun.wait(PATIENCE)
        waiting = [asked(server, path) for path in ("/search", "/posts/x", "/readyz")]
        while len(server.task_dispatcher.queue) < len(waiting):
            Event().wait(0.005)
        site.may_go_on.set()
        for connection in (first, *waiting):
            assert answer(connection)[0] == b"done"
            connection.close()
    assert site.answered == ["/slow", "/readyz", "/search", "/posts/x"]
