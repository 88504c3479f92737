"""A client that sends whatever bytes it is given, over one connection as long as that lasts."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Self

SECONDS = 30
"""How long an answer is waited for."""


class NoAnswer(Exception):
    """The connection ended before a whole answer had come."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the headers have lower-case names. `seconds` is until the last byte."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Asker:
    """Asks a server at a port of this machine; not for several threads."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._stream: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def ask(self, request: bytes, *, has_body: bool = True) -> Answer:
        """The answer to a request; `has_body` is false for HEAD. Raises `NoAnswer`."""
        started = time.perf_counter()
        try:
            stream = self._connected(request)
            status, headers = _head(stream)
            body = _body(stream, status, headers) if has_body else b""
        except (OSError, ValueError) as error:
            self._close()
            raise NoAnswer(f"{type(error).__name__}: {error}") from error
        if headers.get("connection", "").lower() == "close" or status == 400:
            self._close()
        return Answer(status, headers, body, time.perf_counter() - started)

    def _connected(self, request: bytes) -> IO[bytes]:
        """Send it, over a new connection where the old one was closed; gives the stream of the answer."""
        if self._socket and self._stream:
            try:
                self._socket.sendall(request)
                if self._stream.peek(1):  # type: ignore[attr-defined] # of a buffered reader
                    return self._stream
            except OSError:
                pass
        self._close()
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=SECONDS)
        self._stream = self._socket.makefile("rb")
        self._socket.sendall(request)
        return self._stream

    def _close(self) -> None:
        for each in (self._stream, self._socket):
            if each:
                each.close()
        self._socket = self._stream = None


def _head(stream: IO[bytes]) -> tuple[int, dict[str, str]]:
    status = 100
    while status == 100:
        first = stream.readline()
        if not first.startswith(b"HTTP/1."):
            raise ValueError(f"no answer but {first[:60]!r}")
        status = int(first.split()[1])
        headers = {}
        while (line := stream.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
    return status, headers


def _body(stream: IO[bytes], status: int, headers: dict[str, str]) -> bytes:
    if status in (204, 304):
        return b""
    if headers.get("transfer-encoding") != "chunked":
        length = headers.get("content-length")
        found = stream.read(int(length)) if length else stream.read()
        if length and len(found) != int(length):
            raise ValueError("the answer was cut off")
        return found
    parts = []
    while size := int(stream.readline().strip(), 16):
        parts.append(stream.read(size))
        stream.readline()
    stream.readline()
    return b"".join(parts)
