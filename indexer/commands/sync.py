"""`blogsearch sync`: fetch the live feeds, once or at a pace."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from indexer.commands.live import Pace, delay_option, history_option, private_option
from indexer.commands.options import data_option, memory_option
from indexer.commands.reindex import EXIT_SKIPPED, tell
from indexer.commands.summary import feeds_line
from indexer.importing import Options
from indexer.live.feed_report import Outcome
from indexer.live.options import LiveOptions
from indexer.live.schedule import Clock
from indexer.report import Report
from indexer.steps import NoSteps, steps_on
from indexer.sync import keep_in_sync, sync
from search.text.inert import printable

EXIT_FAILED = 1


@click.command("sync")
@data_option
@click.option(
    "--every", type=Pace(), default=None, metavar="TIME", help="Go on at this pace, such as 15m, until ended."
)
@history_option
@delay_option
@private_option
@memory_option
@click.option("--wait", is_flag=True, help="Wait while another process writes to the archive.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON; with --every, one a line.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def sync_command(
    ctx: click.Context,
    *,
    data: Path,
    every: timedelta | None,
    history: bool,
    delay: float,
    private_addresses: bool,
    memory: int,
    wait: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Fetch the live feeds among the sources, and import what is new.

    Feeds are those that blogsearch reindex was given by their addresses, or in OPML lists. Servers are
    only asked for what changed; one that fails is left alone for a while, and does not stop the others.

    \b
    Examples:
      blogsearch sync
      blogsearch sync --every 15m
      blogsearch sync --history

    Ends with 0 when all is well, 1 when no feed could be fetched, 3 when some feeds or records could not
    be read, 75 when another process is writing. With --every it goes on until it is ended, which is 0.
    """
    live = LiveOptions(private_addresses, delay, history)
    if every:
        options = Options(data, memory=memory, wait=True, live=live)
        _go_on(options, every, as_json=as_json, quiet=quiet)
        return
    with steps_on(sys.stderr, quiet=quiet) as steps:
        report = sync(Options(data, memory=memory, wait=wait, live=live), steps, Clock())
    tell(report, data, as_json=as_json, quiet=quiet)
    ctx.exit(_exit_code(report))


def _go_on(options: Options, every: timedelta, *, as_json: bool, quiet: bool) -> None:
    """Tell of each round in one line, until a signal comes."""
    try:
        for report in keep_in_sync(options, NoSteps(), Clock(), every):
            if as_json:
                click.echo(json.dumps(report.as_json(), ensure_ascii=False))
            elif not quiet:
                click.echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC  {feeds_line(report)}")
            for warning in () if as_json else report.all_warnings:
                click.echo(f"blogsearch: {printable(warning)}", err=True)
    except KeyboardInterrupt:
        if not quiet:
            click.echo("ended; what was fetched and stored stays", err=True)


def _exit_code(report: Report) -> int:
    asked = [feed for feed in report.feeds if feed.outcome not in (Outcome.WAITING, Outcome.GONE)]
    failed = [feed for feed in asked if feed.outcome is Outcome.FAILED]
    if asked and len(failed) == len(asked):
        return EXIT_FAILED
    return EXIT_SKIPPED if failed or report.skipped else 0
