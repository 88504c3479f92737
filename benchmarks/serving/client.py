"""A client that costs next to nothing, so that what is measured is the server."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import cycle
from selectors import EVENT_READ, DefaultSelector
from typing import Final, Self

_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_END_OF_HEAD: Final = b"\r\n\r\n"
_LAST_CHUNK: Final = b"0\r\n\r\n"


class Refused(Exception):
    """A server answered something else than 200: a figure of it would mean nothing."""


class Connection:
    """One connection that is kept alive. Not for threads."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""
        self._path = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def ask(self, path: str) -> None:
        """Send a request."""
        self._received, self._path = b"", path
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode("ascii"))

    def receive(self) -> bytes | None:
        """Take what has come of the answer: its body once that is whole; raises `Refused`."""
        piece = self.socket.recv(1 << 18)
        self._received += piece
        head, found, body = self._received.partition(_END_OF_HEAD)
        if not found:
            if not piece:
                raise Refused(f"{self._path}: the connection was closed")
            return None
        if not head.startswith(b"HTTP/1.1 200"):
            raise Refused(f"{self._path}: {head.splitlines()[0].decode()}")
        length = _LENGTH.search(head + b"\r\n")
        whole = len(body) >= int(length[1]) if length else body.endswith(_LAST_CHUNK)
        return body if whole else None

    def get(self, path: str) -> tuple[float, bytes]:
        """Ask and wait: the milliseconds it took, and the body."""
        started = time.perf_counter()
        self.ask(path)
        while (body := self.receive()) is None:
            pass
        return (time.perf_counter() - started) * 1000, body


def requests_per_second(port: int, paths: Sequence[str], *, connections: int, seconds: float) -> float:
    """How many requests a second are answered when so many clients ask one after the other.

    A server that is too slow for that is given the time to answer each client once.
    """
    asking = [Connection(port) for _ in range(connections)]
    endless = cycle(paths)
    answered, started, taken = 0, time.perf_counter(), 0.0
    with DefaultSelector() as selector, ExitStack() as opened:
        for connection in asking:
            opened.enter_context(connection)
            selector.register(connection.socket, EVENT_READ, connection)
            connection.ask(next(endless))
        while taken < seconds or answered < connections:
            for key, _ in selector.select(timeout=1):
                connection = key.data
                if connection.receive() is not None:
                    answered += 1
                    connection.ask(next(endless))
            taken = time.perf_counter() - started
    return answered / taken
