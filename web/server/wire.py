"""What waitress does on the wire, put right.

It ends an answer to `HEAD` whose length is not known with the last chunk of a body that is not there (RFC
9112, 6.3), and closes the connection after every 304 and 204, though the client has more to ask for. It waits
for ever for a client that sends or reads a byte now and then, and for one that reads no further with the
thread that is about to answer it. And of several processes at one socket, the one that is awake takes all
that come in a burst.
"""

from __future__ import annotations

import time
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask, WSGITask

from web.conduct.safety import UNREADABLE
from web.documents.encoders import PROBLEM
from web.documents.encoding import PROBLEM_JSON
from web.presenters.programs.problem import problem
from web.watching.peer import KEY as PEER
from web.watching.peer import peer_of

SLOWEST: Final = 10_000
"""Bytes a second that a client has to read, once it has fallen behind for as long as it may do nothing."""

_CLOSE = "close"


class _Task(WSGITask):  # type: ignore[misc] # waitress has no annotations
    def get_environment(self) -> dict[str, Any]:
        """What the application is told of the request, with who connected, as waitress may change that."""
        environ: dict[str, Any] = super().get_environment()
        environ.setdefault(PEER, peer_of(environ, self.channel.server.adj.trusted_proxy or ""))
        return environ

    def build_response_header(self) -> bytes:
        """The first lines of an answer; the last one on this connection, where the server is to end."""
        if self.channel.server.ending:
            super().set_close_on_finish()
        header: bytes = super().build_response_header()
        if self.request.command == "HEAD":
            self.chunked_response = False
        return header

    def set_close_on_finish(self) -> None:
        """Close the connection after this answer, unless it is only for want of a length."""
        asked = self.request.headers.get("CONNECTION", "").lower() == _CLOSE
        if self.has_body or asked or self.version != "1.1":
            super().set_close_on_finish()


class _ErrorTask(ErrorTask):  # type: ignore[misc] # waitress has no annotations
    def execute(self) -> None:
        """Answer what could not be read with a problem document, as all that goes wrong is answered."""
        error = self.request.error
        body = PROBLEM.encode(problem("about:blank", error.reason, error.code, error.body))
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", PROBLEM_JSON))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)

    def build_response_header(self) -> bytes:
        """The first lines of an answer to what could not be read; browsers may do no more than show it."""
        self.response_headers.extend(UNREADABLE.items())
        header: bytes = super().build_response_header()
        return header


class Channel(HTTPChannel):  # type: ignore[misc] # waitress has no annotations
    """A connection, for a server's `channel_class`."""

    task_class = _Task
    error_task_class = _ErrorTask

    def __init__(self, server: Any, *connection: Any, **means: Any) -> None:
        self._partial: Any = None
        self._since = self._behind = 0.0
        self._taken = 0
        super().__init__(server, *connection, **means)

    @property
    def is_idle(self) -> bool:
        """Whether nothing was asked that is not answered, and nothing is being asked."""
        return not (self.requests or self.request or self.total_outbufs_len)

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send some of it; gives how much was taken."""
        taken: int = super().send(data, do_close)
        self._taken += taken
        return taken

    def write_soon(self, data: bytes) -> int:
        """Take what is to be sent next; who has read all until now gets time to read it."""
        if not self.total_outbufs_len:
            self.last_activity = self._behind = time.time()
            self._taken = 0
        taken: int = super().write_soon(data)
        return taken

    def writable(self) -> bool:
        """Whether there is something to send; who is too slow is left. It is asked once a second at least."""
        if self._is_too_slow(time.time()):
            self.handle_close()
            return False
        return bool(super().writable())

    def _is_too_slow(self, now: float) -> bool:
        """Whether it reads nothing for too long, or too little, or never comes to the end of its request."""
        patience: int = self.adj.channel_timeout
        if self.total_outbufs_len:
            reads_on = now - self.last_activity <= patience
            return not reads_on or now - self._behind > patience + self._taken / SLOWEST
        if self.requests or self.request is not self._partial:
            self._partial, self._since = None if self.requests else self.request, now
        return self._partial is not None and now - self._since > patience


class SharedChannel(Channel):
    """A connection of a server that shares its socket with other processes."""

    def __init__(self, server: Any, *connection: Any, **means: Any) -> None:
        super().__init__(server, *connection, **means)
        time.sleep(hesitation(len(server.active_channels)))


def hesitation(connections: int) -> float:
    """Seconds until a process with so many takes another: one that has fewer takes it meanwhile."""
    return min(connections, 8) * 0.0001
