"""Waitress, with an end that cuts off nobody, and room for whoever comes.

Waitress closes its sockets when it is told to end, whatever of an answer was not sent yet, and takes no more
connections when it has as many as it may have. Here what was begun is finished first; and where there is no
more room, the connection that did nothing for the longest time makes room for the next.
"""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.wasyncore import close_all, loop

from web.server.dispatcher import Dispatcher
from web.server.wire import Channel

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

CONNECTIONS: Final = 1_000
"""How many a process has at most; fewer where the system lets it open fewer files."""

FINISH: Final = 30.0
"""Seconds that what was begun may take, once the server is to end; the rest is cut off."""

LINGER: Final = 0.5
"""Seconds in which a client that keeps its connection may ask once more, and is told it was the last time."""

LIMITS: Final[dict[str, Any]] = {
    "connection_limit": 2 * CONNECTIONS,  # which it never reaches
    "asyncore_use_poll": True,  # select() cannot watch that many
    "channel_timeout": 30,
    "cleanup_interval": 10,
    "max_request_header_size": 32 * 1024,
    "max_request_body_size": 16 * 1024,  # nothing here reads a body
    "outbuf_high_watermark": 2 * 1024 * 1024,  # bytes that wait for a slow client; 16 MB would cost memory
    "ident": None,
    "clear_untrusted_proxy_headers": True,
}


class Server(TcpWSGIServer):  # type: ignore[misc] # waitress has no annotations
    """Answers at one socket, in the thread that calls `run` and so many others.

    Who asks is who connects; of a `trusted_proxy` it is whom it names.
    """

    def __init__(
        self, application: WSGIApplication, listener: socket.socket, *, threads: int, trusted_proxy: str = ""
    ) -> None:
        proxy = {"trusted_proxy": trusted_proxy, "trusted_proxy_headers": {"x-forwarded-for"}}
        dispatcher = Dispatcher()
        dispatcher.set_thread_count(threads)
        where = (listener.family, listener.type, listener.proto, listener.getsockname())
        adjustments = Adjustments(**LIMITS, **(proxy if trusted_proxy else {}))
        super().__init__(
            application, {}, True, listener, dispatcher, adjustments, sockinfo=where, bind_socket=False
        )
        self.channel_class = Channel
        self.ending = False
        self._most = connections()

    def run(self, beat: Callable[[], None] = lambda: None) -> None:
        """Answer until told to end, and finish then what was begun. `beat` is called about once a second."""
        while not self.ending:
            self._turn(1.0, beat)
        self.del_channel()
        self.socket.close()
        since = time.monotonic()
        while self.active_channels and (passed := time.monotonic() - since) < FINISH:
            if passed > LINGER:
                self._close_idle()
            self._turn(0.05, beat)
        self.task_dispatcher.shutdown(timeout=1)
        close_all(self._map)

    def _turn(self, seconds: float, beat: Callable[[], None]) -> None:
        beat()
        loop(seconds, use_poll=True, map=self._map, count=1)

    def end(self) -> None:
        """Tell it to end; from any thread, or a handler of signals."""
        if not self.ending:
            self.ending = True
            self.pull_trigger()

    def handle_accept(self) -> None:
        """Take a connection, and let go of another where there is no more room."""
        if len(self.active_channels) >= self._most:
            self._make_room()
        super().handle_accept()

    def _make_room(self) -> None:
        """Of those that nobody works for, those that wait for an answer's end go last."""
        waiting = [channel for channel in self.active_channels.values() if not channel.requests]
        if waiting:
            longest = min(waiting, key=lambda each: (bool(each.total_outbufs_len), each.last_activity))
            longest.handle_close()

    def _close_idle(self) -> None:
        for channel in list(self.active_channels.values()):
            if channel.is_idle:
                channel.handle_close()


def connections() -> int:
    """How many connections there may be, each of which may need two files."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if limit == resource.RLIM_INFINITY else min(CONNECTIONS, limit // 3)


def open_more_files(most: int = 4 * CONNECTIONS) -> None:
    """Have this process open as many files as its connections may need, as far as the system lets it."""
    limit, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if limit != resource.RLIM_INFINITY and limit < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
