"""`blogsearch status`: what is in an archive, and how it is."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from indexer.commands.disk import DiskUse
from indexer.commands.options import data_option
from indexer.commands.status_lines import Condition, condition_lines, content_lines, record_lines
from search.archive import Archive
from search.health import Health
from search.history import ArchiveStatus, FeedState
from search.layout import lock_file
from search.lock import is_held
from search.text.inert import printable


@click.command("status")
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def status(*, data: Path, as_json: bool) -> None:
    """Say what is in the archive, how it is, and how it came to be.

    \b
    Examples:
      blogsearch status
      blogsearch status --data /srv/archive --json

    Ends with 0 whatever it has to say, as long as the archive can be read.
    """
    with Archive.open(data) as archive:
        found, health = archive.status(), archive.health()
    condition = Condition(health, DiskUse.of(data), is_held(lock_file(data)))
    if as_json:
        click.echo(json.dumps(as_data(found, condition), ensure_ascii=False, indent=2))
        return
    for line in (*content_lines(found), *condition_lines(found, condition), *record_lines(found)):
        click.echo(printable(line))


def as_data(found: ArchiveStatus, condition: Condition) -> dict[str, Any]:
    """The status as `--json` prints it."""
    return {
        "generation": found.generation,
        "posts": found.counts.posts,
        "comments": found.counts.comments,
        "unpublished": found.counts.unpublished,
        "first": str(found.first) if found.first else None,
        "last": str(found.last) if found.last else None,
        "health": _health(condition.health),
        "writing": condition.writing,
        "disk": asdict(condition.disk),
        "blogs": [{"name": blog.name, "posts": blog.posts} for blog in found.blogs],
        "languages": list(found.languages),
        "sources": [
            {"location": source.location, "format": source.format, "blog": source.blog}
            for source in found.sources
        ],
        "feeds": [_feed(feed) for feed in found.feeds],
        "imports": [{"finished": done.finished.isoformat(), **done.report} for done in found.imports],
    }


def _health(health: Health) -> dict[str, Any]:
    return {
        "whole": health.is_whole,
        "serving": health.serving,
        "published": health.published,
        "since": _time(health.since),
        "kept": list(health.kept),
        "broken": [{"generation": each.name, "problem": each.problem} for each in health.broken],
        "rolled_back": health.rolled_back,
    }


def _feed(feed: FeedState) -> dict[str, Any]:
    return {
        "address": feed.location,
        "moved_to": feed.moved_to,
        "last_fetch": _time(feed.last_fetch),
        "next_fetch": _time(feed.next_fetch),
        "failures": feed.failures,
        "retired": feed.retired,
        "note": feed.note,
    }


def _time(time: datetime | None) -> str | None:
    return time.isoformat(timespec="seconds") if time else None
