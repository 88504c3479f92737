"""A web server on this machine that answers as it is told: well, slowly, wrongly, half, or without end.

    with FaultyServer() as server:
        server.answer("/feed", document(b"<rss>…</rss>", ETag='"1"'))
        server.answer("/old", redirect("/feed", 301))
        server.answer("/busy", refusal(503, Retry_After="1"), document(b"…"))   # one after the other
        …fetch(server.address("/old"))…
        assert [asked.path for asked in server.asked] == ["/old", "/feed"]

It listens at 127.0.0.1, so what is tested needs to allow private addresses, and answers any number of clients
at once. Closing it ends every answer that is still under way.
"""

from __future__ import annotations

import gzip
import itertools
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from http import HTTPStatus
from http.client import parse_headers
from types import TracebackType

_BETWEEN_DROPS = 0.02  # seconds


class Wait:
    """Something in the place of bytes: the server waits, a moment or until it is closed."""

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = seconds


Wire = Iterable[bytes | Wait]
"""What is sent, piece by piece."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that came."""

    method: str
    path: str
    headers: Message


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, made anew for every request: `wire` is all of it, from the status line on."""

    wire: Callable[[], Wire]


Answer = Reply | Callable[[Asked], Reply]
"""A reply, or what decides for one by looking at the request."""


def raw(*pieces: bytes | Wait) -> Reply:
    """Exactly these bytes, whatever they are."""
    return Reply(lambda: pieces)


def reply(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
    """A complete answer; its `Content-Length` is right unless the headers have one."""
    all_headers = {"Content-Length": str(len(body)), **(headers or {})}
    return raw(head(status, all_headers) + body)


def document(body: bytes, **headers: str) -> Reply:
    """A document with status 200; `Content_Type` stands for `Content-Type`."""
    return reply(200, body, {"Content-Type": "application/xml", **_with_hyphens(headers)})


def refusal(status: int, **headers: str) -> Reply:
    """Another status, with a page of few words that nobody wants."""
    return reply(status, b"<html>no</html>", _with_hyphens(headers))


def redirect(location: str, status: int = 302) -> Reply:
    """To another address, whole or relative to this one."""
    return reply(status, b"", {"Location": location})


def conditional(reply_: Reply, etag: str) -> Callable[[Asked], Reply]:
    """The reply, or 304 to whoever knows this etag."""
    unchanged = raw(head(304, {"ETag": etag}))
    return lambda asked: unchanged if asked.headers["If-None-Match"] == etag else reply_


def gzipped(body: bytes, **headers: str) -> Reply:
    """A document as gzip."""
    return document(gzip.compress(body), Content_Encoding="gzip", **headers)


def cut_off(body: bytes, missing: int = 100, **headers: str) -> Reply:
    """A document that ends too early by so many bytes."""
    return document(body, Content_Length=str(len(body) + missing), **headers)


def chunked(*pieces: bytes, whole: bool = True, **headers: str) -> Reply:
    """A document in chunks, maybe without the last one that says that it is whole."""
    frames = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces]
    end = [b"0\r\n\r\n"] if whole else []
    return raw(head(200, {"Transfer-Encoding": "chunked", **_with_hyphens(headers)}), *frames, *end)


def endless(piece: bytes, **headers: str) -> Reply:
    """The same bytes again and again, until the client has enough."""
    return Reply(lambda: itertools.chain([head(200, _with_hyphens(headers))], itertools.repeat(piece)))


def dripping(body: bytes) -> Reply:
    """One byte at a time, never so late that a read would time out."""

    def wire() -> Iterator[bytes | Wait]:
        yield head(200, {"Content-Length": str(len(body))})
        for byte in body:
            yield bytes([byte])
            yield Wait(_BETWEEN_DROPS)

    return Reply(wire)


def silent(*before: bytes) -> Reply:
    """Nothing more after these bytes, with the connection left open."""
    return raw(*before, Wait())


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """A status line and headers, up to and with the empty line."""
    known = status in HTTPStatus.__members__.values()
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase if known else ''}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def _with_hyphens(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass
class FaultyServer:
    """The server; `asked` is what came, in order. With `tls` it speaks HTTPS."""

    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)

    def answer(self, path: str, *answers: Answer) -> None:
        """Answer so, in this order, and with the last of them from then on."""
        self.answers[path] = list(answers)

    def address(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The web address of a path; `host` is for names that a test resolves itself."""
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def asked_for(self, path: str) -> Sequence[Asked]:
        """The requests for one path."""
        return [asked for asked in self.asked if asked.path == path]

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._server.server_address[1]
        return port

    def reply_to(self, asked: Asked) -> Reply:
        """What a request gets: 404 where nothing was said."""
        self.asked.append(asked)
        answers = self.answers.get(asked.path) or [refusal(404)]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return answer if isinstance(answer, Reply) else answer(asked)

    def __enter__(self) -> FaultyServer:
        self._server = _Server(("127.0.0.1", 0), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.ended.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    request_queue_size = 64

    def __init__(self, where: tuple[str, int], script: FaultyServer) -> None:
        self.script = script
        super().__init__(where, _Connection)


class _Connection(socketserver.BaseRequestHandler):
    server: _Server
    request: socket.socket

    def handle(self) -> None:
        """Answer one request; whatever the client does meanwhile is its own business."""
        with suppress(OSError):
            if self.server.script.tls is None:
                self._answer(self.request)
            else:
                with self.server.script.tls.wrap_socket(self.request, server_side=True) as connection:
                    self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        script = self.server.script
        with connection.makefile("rb") as stream:
            line = stream.readline(65_536).decode("latin-1").split()
            if len(line) != 3 or not line[2].startswith("HTTP/"):
                connection.sendall(head(400, {}))
                return
            asked = Asked(line[0], line[1], parse_headers(stream))
        for piece in script.reply_to(asked).wire():
            if script.ended.is_set():
                return
            if isinstance(piece, Wait):
                script.ended.wait(piece.seconds)
            else:
                connection.sendall(piece)
