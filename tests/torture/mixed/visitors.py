"""Visitors who ask one thing after the other, and some who are slow."""

from __future__ import annotations

import socket
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from random import Random
from threading import Event, Thread

from tests.torture.mixed.asking import Asking, Lexicon, draw

_REQUESTS_OF_A_CONNECTION = 50
_PAUSE = 0.06
"""Seconds between an answer and the next request of a visitor, on average."""
_MOST_TOLD = 20
_KNOWN = 50


class Kills:
    """When processes of the server were killed: their clients may have lost a connection, and ask again."""

    def __init__(self) -> None:
        self._times: list[float] = []

    def __len__(self) -> int:
        return len(self._times)

    def note(self) -> None:
        """One was killed just now."""
        self._times.append(time.monotonic())

    def since(self, moment: float) -> bool:
        """Whether any was since then."""
        return any(killed >= moment for killed in self._times)


class Answers:
    """What visitors got: how long each answer took, by quarters of the time, and what was wrong."""

    def __init__(self, seconds: float) -> None:
        self._quarter = seconds / 4
        self._started = time.monotonic()
        self.quarters = [array("d") for _ in range(4)]
        self.wrong: list[str] = []
        self.faults = 0
        self.unchanged = 0
        self.asked_again = 0

    @property
    def count(self) -> int:
        """How many came."""
        return sum(map(len, self.quarters))

    def note(self, seconds: float) -> None:
        """One came, after so many seconds."""
        quarter = int((time.monotonic() - self._started) / self._quarter)
        self.quarters[min(quarter, 3)].append(seconds)

    def complain(self, what: str) -> None:
        """Note something that was wrong; after the first of them they are only counted."""
        self.faults += 1
        if len(self.wrong) < _MOST_TOLD:
            self.wrong.append(what)


class Visitor:
    """Asks one thing after the other, as a browser does that keeps its connection."""

    def __init__(self, port: int, lexicon: Lexicon, seed: int, kills: Kills, answers: Answers) -> None:
        self._port = port
        self._lexicon = lexicon
        self._random = Random(seed)
        self._kills = kills
        self._answers = answers
        self._tags: dict[str, str] = {}

    def visit(self, ended: Event) -> None:
        """Go on until it is ended."""
        while not ended.is_set():
            opened = time.monotonic()
            connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
            try:
                for _ in range(_REQUESTS_OF_A_CONNECTION):
                    if ended.wait(self._random.expovariate(1 / _PAUSE)):
                        break
                    self._ask(connection, draw(self._lexicon, self._random))
            except (OSError, HTTPException) as error:
                if self._kills.since(opened):
                    self._answers.asked_again += 1
                else:
                    self._answers.complain(f"no answer: {type(error).__name__}: {error}")
            finally:
                connection.close()

    def _ask(self, connection: HTTPConnection, asking: Asking) -> None:
        tag = self._tags.get(asking.path)
        started = time.monotonic()
        connection.request("GET", asking.path, headers={"If-None-Match": tag} if tag else {})
        answer = connection.getresponse()
        answer.read()
        self._answers.note(time.monotonic() - started)
        if answer.status == 304 and tag:
            self._answers.unchanged += 1
        elif answer.status not in asking.statuses:
            self._answers.complain(f"{answer.status} for {asking.path}")
        self._remember(asking, answer)

    def _remember(self, asking: Asking, answer: HTTPResponse) -> None:
        if tag := answer.headers.get("ETag"):
            if len(self._tags) >= _KNOWN:
                self._tags.pop(next(iter(self._tags)))
            self._tags[asking.path] = tag


def crawl(port: int, ended: Event) -> None:
    """Be two slow clients: one sends a request byte by byte, one reads nothing of a long answer."""
    request = b"GET /search.json?size=100 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    while not ended.is_set():
        with ExitStack() as opened, suppress(OSError):
            writing, reading = (opened.enter_context(_small(port)) for _ in range(2))
            reading.sendall(request)
            for byte in request[:-1]:  # it never comes to the end
                writing.sendall(bytes([byte]))
                if ended.wait(0.4):
                    return


def _small(port: int) -> socket.socket:
    """A connection that takes in little before it is read from."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(10)
    connection.connect(("127.0.0.1", port))
    return connection


@contextmanager
def at_once(*work: Callable[[Event], None]) -> Iterator[None]:
    """Do all of it, each in a thread of its own, until the end."""
    ended = Event()
    threads = [Thread(target=one, args=[ended]) for one in work]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
