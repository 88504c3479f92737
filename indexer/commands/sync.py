"""`blogsearch sync`: fetch the live feeds, once or at a pace."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from indexer.commands.live import Pace, delay_option, history_option, private_option
from indexer.commands.options import data_option, expect_option, expectations, memory_option
from indexer.live.options import LiveOptions
from indexer.options import Options


@click.command("sync")
@data_option
@click.option(
    "--every", type=Pace(), default=None, metavar="TIME", help="Go on at this pace, such as 15m, until ended."
)
@history_option
@delay_option
@private_option
@memory_option
@expect_option
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
    expect: Path | None,
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
    options = Options(
        data, memory=memory, wait=wait or every is not None, expected=expectations(data, expect), live=live
    )
    # What reads, stores and indexes takes most of a second to import, which `--help` need not wait for.
    from indexer.commands.runs import go_on_syncing, run_sync  # noqa: PLC0415

    if every:
        go_on_syncing(options, every, as_json=as_json, quiet=quiet)
    else:
        ctx.exit(run_sync(options, as_json=as_json, quiet=quiet))
