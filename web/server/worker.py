"""What one process of the server does: it answers from the archive until it is told to end."""

from __future__ import annotations

import gc
import logging
import signal
import socket
from dataclasses import dataclass

from search.archive import Archive
from web.app import create_app
from web.conduct.hosts import hosts
from web.conduct.limits import Limiter
from web.server.gate import Gate
from web.server.heart import Heart
from web.server.listening import address
from web.server.pulse import Pulse
from web.server.server import Server
from web.server.wire import SharedChannel
from web.settings import Settings
from web.watching.table import Table


@dataclass(frozen=True, slots=True)
class Worker:
    """How each process answers at the `listener`: with so many `threads`, and the limits that all share.

    So they do the `table` of what is counted. `shared` says that it is one of several. Of a `trusted_proxy`
    the client is whom it names.
    """

    settings: Settings
    listener: socket.socket
    threads: int
    trusted_proxy: str = ""
    limiter: Limiter | None = None
    table: Table | None = None
    shared: bool = False

    def __call__(self, pulse: Pulse) -> None:
        """Answer until told to end (SIGTERM), and tell by the pulse that all is well."""
        settings = self.settings
        with Archive.open(settings.data, seconds=settings.deadline) as archive, archive.watch():
            site = address(self.listener).rstrip("/")
            names = hosts(settings, self.listener.getsockname()[0])
            app = create_app(
                settings, archive, address=site, hosts=names, limiter=self.limiter, table=self.table
            )
            gate = app.behind(Gate)
            server = Server(app, self.listener, threads=self.threads, trusted_proxy=self.trusted_proxy)
            if self.shared:
                server.channel_class = SharedChannel
            # Requests that wait for a thread are what the queue is for; waitress writes a line for each.
            logging.getLogger("waitress.queue").setLevel(logging.ERROR)
            # What is here now stays until the end. Whenever Python looked through it for garbage, a request
            # took 60 ms longer.
            gc.collect()
            gc.freeze()
            signal.signal(signal.SIGTERM, lambda _signal, _frame: server.end())
            server.run(Heart(pulse, gate, settings.deadline).beat)
