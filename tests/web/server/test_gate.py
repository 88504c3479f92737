"""Few requests are worked at together, and nothing waits for them that need not."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Semaphore
from typing import TYPE_CHECKING

from web.server.gate import Gate

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATIENCE = 10


class Slow:
    """An application that works at a search until it may end; it counts those that have begun."""

    def __init__(self) -> None:
        self.begun = Semaphore(0)
        self.may_end = Event()
        self.many = 0

    def __call__(self, environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        """Answer with the path."""
        path = str(environ["PATH_INFO"])
        if path == "/search.json":
            self.many += 1
            self.begun.release()
            assert self.may_end.wait(PATIENCE)
        return [path.encode()]


def test_the_third_search_waits_until_one_of_two_is_done_and_a_probe_does_not() -> None:
    slow = Slow()
    gate = Gate(slow, at_once=2)
    with ThreadPoolExecutor() as threads:

        def ask(path: str) -> Future[Iterable[bytes]]:
            return threads.submit(gate, {"PATH_INFO": path}, lambda *_: lambda _: None)

        searches = [ask("/search.json") for _ in range(3)]
        assert slow.begun.acquire(timeout=PATIENCE)
        assert slow.begun.acquire(timeout=PATIENCE)
        assert list(ask("/healthz").result(PATIENCE)) == [b"/healthz"]
        assert slow.many == 2
        slow.may_end.set()
        assert [list(search.result(PATIENCE)) for search in searches] == [[b"/search.json"]] * 3


def test_a_request_that_fails_gives_its_place_to_the_next() -> None:
    def fails(_environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        raise RuntimeError("nothing was found out")

    gate = Gate(fails, at_once=1)
    with ThreadPoolExecutor() as threads:
        for _ in range(2):
            asked = threads.submit(gate, {"PATH_INFO": "/search"}, lambda *_: lambda _: None)
            assert isinstance(asked.exception(PATIENCE), RuntimeError)
