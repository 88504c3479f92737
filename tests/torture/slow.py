"""Clients that are slow in every way there is, all at once, and one that is not: it is answered in a second.

Slow clients send nothing, or a header or a body byte by byte, or read an answer byte by byte or not at all,
or keep a connection and ask for nothing more. Whom the server leaves comes back at once.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import cycle, islice
from pathlib import Path
from random import Random
from select import select
from threading import Event, Thread
from urllib.parse import urlsplit

from tests.torture.outcome import Outcome, Tell
from tests.torture.publishing import import_into
from tests.web.serving import serving

WITHIN = 1.0
"""Seconds in which the one that is not slow is answered."""

_ASKED = 12
_PATIENCE = 30.0
_PAUSE = 0.5
"""Seconds from one byte to the next."""

_LARGE = 200_000
"""Characters of a post, so that no system's buffers take a whole export."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a slow client sends at once, what it repeats byte by byte, and how much it reads each time."""

    sends: str
    drips: str = ""
    reads: int = 0


_GET = "GET {} HTTP/1.1\r\nHost: localhost\r\n"
KINDS: Mapping[str, Kind] = {
    "silent": Kind(""),
    "header": Kind(_GET.format("/search") + "X-Slow: ", drips="slow"),
    "body": Kind("POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n", drips="q"),
    "export": Kind(_GET.format("/search.jsonl?q=") + "\r\n", reads=1),
    "sitemap": Kind(_GET.format("/sitemap-1.xml") + "\r\n", reads=1),
    "page": Kind(_GET.format("/search?q=words&size=50") + "\r\n"),
    "idle": Kind(_GET.format("/healthz") + "\r\n", reads=4096),
}


class Client:
    """One slow client, at the same thing again and again."""

    def __init__(self, place: tuple[str, int], kind: Kind) -> None:
        self._place, self._kind = place, kind
        self._connection = self._connected()
        self._drips = cycle(kind.drips.encode())
        self.left = 0

    def _connected(self) -> socket.socket:
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(_PATIENCE)
        connection.connect(self._place)
        connection.sendall(self._kind.sends.encode())
        connection.setblocking(False)
        return connection

    def wait(self) -> None:
        """Wait for the first of an answer, where it asked for one: before that, not the client is slow."""
        if self._kind.sends and not self._kind.drips:
            select([self._connection], [], [], _PATIENCE)

    def move(self) -> None:
        """Do a little; where the server has left, begin again."""
        try:
            if self._kind.drips:
                self._connection.send(bytes([next(self._drips)]))
            if self._kind.reads and not self._connection.recv(self._kind.reads):
                raise ConnectionResetError
        except BlockingIOError:
            return
        except OSError:
            self.left += 1
            self._connection.close()
            with suppress(OSError):
                self._connection = self._connected()

    def close(self) -> None:
        """Leave."""
        self._connection.close()


@contextmanager
def slow_clients(place: tuple[str, int], kinds: Sequence[Kind], count: int) -> Iterator[None]:
    """So many of these kinds in turn: all there, and slow, when the block begins, until it ends."""
    clients = [Client(place, kind) for kind in islice(cycle(kinds), count)]
    for client in clients:
        client.wait()
    ended = Event()

    def crawl() -> None:
        while not ended.wait(_PAUSE):
            for client in clients:
                client.move()

    crawling = Thread(target=crawl)
    crawling.start()
    try:
        yield
    finally:
        ended.set()
        crawling.join()
        for client in clients:
            client.close()


def ask(place: tuple[str, int], target: str) -> float:
    """Seconds until an answer is there as a whole; raises `OSError` or `HTTPException` where none comes."""
    started = time.monotonic()
    connection = HTTPConnection(*place, timeout=_PATIENCE)
    try:
        connection.request("GET", target, headers={"Host": "localhost"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise HTTPException(f"{answer.status} for {target}")
        return time.monotonic() - started
    finally:
        connection.close()


def troubled(place: tuple[str, int], kinds: Iterable[str], count: int) -> tuple[list[str], list[float]]:
    """What was wrong while so many slow clients of these kinds were there, and how long answers took."""
    wrong, took = [], []
    name = " and ".join(kinds := [*kinds])
    with slow_clients(place, [KINDS[kind] for kind in kinds], count):
        for target in islice(cycle(("/healthz", "/search.json?q=words", "/search?q=words")), _ASKED):
            try:
                took.append(ask(place, target))
            except (OSError, HTTPException) as error:
                wrong.append(
                    f"{count} clients with a slow {name}: no answer: {type(error).__name__}: {error}"
                )
                break
            if took[-1] > WITHIN:
                wrong.append(f"{count} clients with a slow {name}: {target} took {took[-1]:.2f} s")
    return wrong, took


def run(times: int, folder: Path, tell: Tell) -> Outcome:
    """So many slow clients of each kind, then of all kinds together."""
    data = folder / "data"
    import_into(data, _source(folder, posts=40 if times >= 100 else 4))
    wrong: list[str] = []
    figures: dict[str, str] = {}
    with serving(data) as address:
        site = urlsplit(address)
        place = (site.hostname or "", site.port or 0)
        for kinds in (*([kind] for kind in KINDS), [*KINDS]):
            found, took = troubled(place, kinds, times)
            name = kinds[0] if len(kinds) == 1 else "all kinds"
            wrong += found
            figures[f"{name}, worst ms"] = f"{1000 * max(took, default=0):.0f}"
            tell(f"{name}: the worst of {len(took)} took {figures[f'{name}, worst ms']} ms")
    return Outcome(times, tuple(wrong), figures)


def _source(folder: Path, posts: int) -> Path:
    """A JSON Feed (https://www.jsonfeed.org/version/1.1/) of a few large posts."""
    random = Random(7)
    words = ["".join(random.choices("abcdefgh", k=9)) for _ in range(1000)]
    items = [
        {
            "id": f"https://slow.example/{post}",
            "url": f"https://slow.example/{post}",
            "title": f"Words {post}",
            "content_text": "words " + " ".join(random.choices(words, k=_LARGE // 10)),
            "date_published": f"2024-01-{1 + post % 28:02}T10:00:00Z",
        }
        for post in range(posts)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Slow", "items": items}
    path = folder / "slow.json"
    path.write_text(json.dumps(feed), encoding="utf-8")
    return path
