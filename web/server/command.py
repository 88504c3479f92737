"""`blogsearch serve`: the archive over HTTP, by waitress."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import sys
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, TypedDict, Unpack

import click
from waitress.server import create_server
from waitress.wasyncore import close_all

from search.archive import Archive
from search.errors import CannotServe
from web.app import create_app
from web.assets.look import look
from web.conduct.limits import Limiter
from web.options import data_option, deadline_option
from web.server.gate import Gate
from web.server.processes import supervise
from web.server.wire import Channel, SharedChannel
from web.settings import ACCENT, InvalidSetting, Settings

LIMITS: dict[str, Any] = {
    "connection_limit": 1_000,  # the default of 100 lets a hundred slow clients lock everyone out
    "asyncore_use_poll": True,  # select() cannot watch that many
    "channel_timeout": 30,
    "cleanup_interval": 10,
    "max_request_header_size": 32 * 1024,
    "max_request_body_size": 16 * 1024,  # nothing here reads a body
    "outbuf_high_watermark": 2 * 1024 * 1024,  # bytes that wait for a slow client; 16 MB would cost memory
    "ident": None,
    "clear_untrusted_proxy_headers": True,
}


class _Decided(TypedDict):
    """What the options decide of how the archive is shown."""

    data: Path
    deadline: float
    base_url: str
    title: str
    logo: Path | None
    accent: str
    language: str
    cors: str
    rate: int


@click.command()
@data_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer."
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    help="Requests each answers at once.",
)
@deadline_option
@click.option("--base-url", default="", metavar="URL", help="Where the site is reached from outside.")
@click.option("--title", default="Blog archive", show_default=True, help="What its pages are headed.")
@click.option(
    "--logo",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A picture to show beside the title (SVG, PNG, JPEG, WebP or GIF).",
)
@click.option(
    "--accent", default=ACCENT, show_default=True, metavar="COLOUR", help="The colour of links and buttons."
)
@click.option("--language", default="", metavar="CODE", help="Of the pages; without it, the reader's.")
@click.option(
    "--cors", default="", metavar="ORIGINS", help="Other sites whose pages may ask the archive, or *."
)
@click.option(
    "--rate",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Requests a minute that one client may make; 0 is any number.",
)
@click.option("--trusted-proxy", default="", metavar="ADDRESS", help="The proxy that says who really asks.")
def serve(
    *, host: str, port: int, workers: int, threads: int, trusted_proxy: str, **decided: Unpack[_Decided]
) -> None:
    """Show the search page to browsers.

    \b
    Examples:
      blogsearch serve
      blogsearch serve --data /srv/archive --port 80 --base-url https://search.example.org
      blogsearch serve --workers 4
    """
    settings = _settings(**decided)
    Archive.open(settings.data).close()  # where there is none, that is said before anything listens
    limiter = Limiter(settings.rate) if settings.rate else None  # made here, as all processes share it
    channel = Channel if workers == 1 else SharedChannel
    work = partial(
        answer, settings, threads=threads, trusted_proxy=trusted_proxy, limiter=limiter, channel=channel
    )
    with listen(host, port) as listener:
        signal.signal(signal.SIGTERM, _end_at_once)
        click.echo(f"Open {address(listener)}  (Ctrl-C stops)")
        sys.stdout.flush()
        if workers == 1:
            work(listener)
        else:
            supervise(partial(work, listener), workers)


def answer(
    settings: Settings,
    listener: socket.socket,
    *,
    threads: int,
    trusted_proxy: str = "",
    limiter: Limiter | None = None,
    channel: type[Channel] = Channel,
) -> None:
    """Answer what comes in at a listening socket, until told to end; `SharedChannel` where others do, too.

    Who asks is who connects; of a `trusted_proxy` it is whom it names.
    """
    signal.signal(signal.SIGTERM, _end_at_once)  # of a process of several, too
    proxy = {"trusted_proxy": trusted_proxy, "trusted_proxy_headers": {"x-forwarded-for"}}
    limits = LIMITS | (proxy if trusted_proxy else {})
    with Archive.open(settings.data, seconds=settings.deadline) as archive:
        app = create_app(settings, archive, address=address(listener).rstrip("/"), limiter=limiter)
        watched: dict[int, Any] = {}
        server = create_server(Gate(app), watched, sockets=[listener], threads=threads, **limits)
        server.channel_class = channel
        # Requests that wait for a thread are what the queue is for; waitress writes a line for each of them.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        # What is here now stays until the end. Whenever Python looked through it for garbage, a request took
        # 60 ms longer.
        gc.collect()
        gc.freeze()
        signal.signal(signal.SIGTERM, _end)
        server.run()
        close_all(watched)  # it leaves open what wakes it


def _settings(*, cors: str, **decided: Any) -> Settings:
    try:
        settings = Settings(origins=tuple(cors.replace(",", " ").split()), **decided)
        look(settings)  # a logo that is none is told before anything listens
    except InvalidSetting as error:
        raise click.BadParameter(str(error), param_hint=f"--{error.name.replace('_', '-')}") from error
    return settings


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; raises `CannotServe` where none can."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        # Python adds the address to some of the system's words; the message has it already.
        why = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
        raise CannotServe(
            f"cannot listen at {host}, port {port} ({why}): --host and --port choose another place"
        ) from error


def address(listener: socket.socket) -> str:
    """Where a browser on this machine finds what listens there."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - asked for by the user; it is what is not shown
        host = "localhost"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _end_at_once(_signal: int, _frame: FrameType | None) -> NoReturn:
    # Nothing has begun that would have to end. What is imported and opened meanwhile may pass over an
    # exception, and the server would then never end.
    os._exit(0)


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)  # waitress answers what it has begun, then returns
