"""What waitress writes where nothing follows the headers, put right.

It ends an answer to `HEAD` whose length is not known with the last chunk of a body that is not there (RFC
9112, 6.3), and closes the connection after every 304 and 204, though the client has more to ask for.
"""

from __future__ import annotations

from waitress.channel import HTTPChannel
from waitress.task import WSGITask

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


class Channel(HTTPChannel):  # type: ignore[misc] # waitress has no annotations
    """A connection, for a server's `channel_class`."""

    task_class = _Task
