"""What `reindex` and `sync` do once their options are read, and what they end with."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from indexer.commands.priority import give_way, give_way_if_served
from indexer.commands.summary import feeds_line, summary
from indexer.commands.words import count
from indexer.live.feed_report import Outcome
from indexer.live.schedule import Clock
from indexer.options import Options
from indexer.reindex import reindex
from indexer.report import Report
from indexer.steps import NoSteps, steps_on
from indexer.sync import keep_in_sync, sync
from search.layout import dead_letter_file
from search.text.inert import printable

EXIT_FAILED = 1
EXIT_SKIPPED = 3


def run_reindex(sources: Sequence[str], options: Options, *, as_json: bool, quiet: bool) -> int:
    """Import and tell of it; returns the exit code. Raises as `reindex` does."""
    give_way_if_served(options.data)
    with steps_on(sys.stderr, quiet=quiet) as steps:
        report = reindex(sources, options, steps)
    _tell(report, options.data, as_json=as_json, quiet=quiet)
    failed = any(feed.outcome is Outcome.FAILED for feed in report.feeds)
    return EXIT_SKIPPED if failed or report.skipped else 0


def run_sync(options: Options, *, as_json: bool, quiet: bool) -> int:
    """Ask the feeds once and tell of it; returns the exit code. Raises as `sync` does."""
    give_way_if_served(options.data)
    with steps_on(sys.stderr, quiet=quiet) as steps:
        report = sync(options, steps, Clock())
    _tell(report, options.data, as_json=as_json, quiet=quiet)
    asked = [feed for feed in report.feeds if feed.outcome not in (Outcome.WAITING, Outcome.GONE)]
    failed = [feed for feed in asked if feed.outcome is Outcome.FAILED]
    if asked and len(failed) == len(asked):
        return EXIT_FAILED
    return EXIT_SKIPPED if failed or report.skipped else 0


def go_on_syncing(options: Options, every: timedelta, *, as_json: bool, quiet: bool) -> None:
    """Tell of each round in one line, until a signal comes."""
    give_way()
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


def _tell(report: Report, data: Path, *, as_json: bool, quiet: bool) -> None:
    """Print the report: as JSON, for people, or only what could not be read."""
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    elif not quiet:
        for line in summary(report, data):
            click.echo(line)
    elif report.skipped:
        records = count(len(report.skipped), "record")
        click.echo(f"blogsearch: {records} could not be read: see {dead_letter_file(data)}", err=True)
