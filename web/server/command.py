"""`blogsearch serve`: the archive over HTTP."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, TypedDict, Unpack

import click

from search.archive import Archive
from web.assets.look import look
from web.conduct.limits import Limiter
from web.options import data_option, deadline_option
from web.server.listening import address, listen
from web.server.processes import supervise
from web.server.server import open_more_files
from web.server.worker import Worker
from web.settings import ACCENT, SLOW, InvalidSetting, Settings
from web.watching.access import SHORTEST_TOKEN, TOKEN, token
from web.watching.log import STYLES, Style, begin_log
from web.watching.table import Table


class _Decided(TypedDict):
    """What the options decide of how the archive is shown."""

    data: Path
    deadline: float
    base_url: str
    hosts: str
    title: str
    logo: Path | None
    accent: str
    language: str
    cors: str
    rate: int
    slow: float


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
    "--worker-memory",
    type=click.IntRange(min=0),
    default=0,
    metavar="MB",
    help="Replace a process that takes more memory; 0 never does.",
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
@click.option("--hosts", default="", metavar="NAMES", help="Further names the site answers by, or *.")
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
@click.option(
    "--log",
    type=click.Choice(STYLES),
    default="text",
    show_default=True,
    help="What goes wrong, in lines; or every request, in JSON.",
)
@click.option(
    "--slow",
    type=click.FloatRange(min=0),
    default=SLOW,
    show_default=True,
    metavar="SECONDS",
    help="Log searches that take longer; 0 logs none.",
)
def serve(
    *,
    host: str,
    port: int,
    workers: int,
    worker_memory: int,
    threads: int,
    trusted_proxy: str,
    log: Style,
    **decided: Unpack[_Decided],
) -> None:
    """Show the search page to browsers.

    \b
    Examples:
      blogsearch serve
      blogsearch serve --data /srv/archive --port 80 --base-url https://search.example.org
      blogsearch serve --workers 4
    """
    settings = _settings(host, **decided)
    _check_token()
    begin_log(log)
    Archive.open(settings.data).close()  # where there is none, that is said before anything listens
    # Both are made here, as all processes share them.
    limiter, table = Limiter(settings.rate) if settings.rate else None, Table(workers)
    open_more_files()
    with listen(host, port) as listener:
        signal.signal(signal.SIGTERM, _end_at_once)
        click.echo(f"Open {address(listener)}  (Ctrl-C stops)")
        sys.stdout.flush()
        worker = Worker(settings, listener, threads, trusted_proxy, limiter, table, shared=workers > 1)
        try:
            supervise(worker, workers, megabytes=worker_memory, stop=listener.close)
        finally:  # Python would set the handler to none as it exits, and who asks again would end it with -15
            signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _settings(host: str, *, cors: str, hosts: str, **decided: Any) -> Settings:
    named = host.partition("%")[0]  # without the interface that an address of IPv6 may be of
    try:
        settings = Settings(origins=_listed(cors), hosts=_listed(f"{named} {hosts}"), **decided)
        look(settings)  # a logo that is none is told before anything listens
    except InvalidSetting as error:
        raise click.BadParameter(str(error), param_hint=f"--{error.name.replace('_', '-')}") from error
    return settings


def _check_token() -> None:
    if 0 < len(token()) < SHORTEST_TOKEN:
        raise click.UsageError(
            f"{TOKEN} is too short to be a secret: take at least {SHORTEST_TOKEN} characters"
        )


def _listed(value: str) -> tuple[str, ...]:
    return tuple(value.replace(",", " ").split())


def _end_at_once(_signal: int, _frame: FrameType | None) -> NoReturn:
    # Nothing has begun that would have to end. What is imported and opened meanwhile may pass over an
    # exception, and the server would then never end.
    os._exit(0)
