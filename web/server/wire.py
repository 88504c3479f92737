"""What waitress does on the wire, put right.

It ends an answer to `HEAD` whose length is not known with the last chunk of a body that is not there (RFC
9112, 6.3), and closes the connection after every 304 and 204, though the client has more to ask for. It waits
for ever for a client that does not read on, with the thread that is about to answer it. And of several
processes at one socket, the one that is awake takes all that come in a burst.
"""

from __future__ import annotations

import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask, WSGITask

from web.conduct.safety import UNREADABLE

_CLOSE = "close"


class _Task(WSGITask):  # type: ignore[misc] # waitress has no annotations
    def build_response_header(self) -> bytes:
        """The first lines of an answer."""
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
    def build_response_header(self) -> bytes:
        """The first lines of an answer to what could not be read; browsers may do no more than show it."""
        self.response_headers.extend(UNREADABLE.items())
        header: bytes = super().build_response_header()
        return header


class Channel(HTTPChannel):  # type: ignore[misc] # waitress has no annotations
    """A connection, for a server's `channel_class`."""

    task_class = _Task
    error_task_class = _ErrorTask

    def write_soon(self, data: bytes) -> int:
        """Take what is to be sent next; who has read all until now gets time to read it."""
        if not self.total_outbufs_len:
            self.last_activity = time.time()
        taken: int = super().write_soon(data)
        return taken

    def writable(self) -> bool:
        """Whether there is something to send; a client that has read none of it for too long is left."""
        if self.total_outbufs_len and time.time() - self.last_activity > self.adj.channel_timeout:
            self.handle_close()
            return False
        return bool(super().writable())


class SharedChannel(Channel):
    """A connection of a server that shares its socket with other processes."""

    def __init__(self, server: Any, *connection: Any, **means: Any) -> None:
        super().__init__(server, *connection, **means)
        time.sleep(hesitation(len(server.active_channels)))


def hesitation(connections: int) -> float:
    """Seconds until a process with so many takes another: one that has fewer takes it meanwhile."""
    return min(connections, 8) * 0.0001
