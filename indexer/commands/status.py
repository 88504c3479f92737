"""`blogsearch status`: what is in an archive."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from indexer.commands.options import data_option
from indexer.commands.words import count, listed
from search.archive import Archive
from search.history import ArchiveStatus, FeedState
from search.text.inert import printable

MOST_LISTED = 10


@click.command("status")
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def status(*, data: Path, as_json: bool) -> None:
    """Say what is in the archive: posts, blogs, sources and the last imports.

    \b
    Examples:
      blogsearch status
      blogsearch status --data /srv/archive --json
    """
    with Archive.open(data) as archive:
        found = archive.status()
    if as_json:
        click.echo(json.dumps(as_data(found), ensure_ascii=False, indent=2))
    else:
        for line in as_lines(found):
            click.echo(printable(line))


def as_data(found: ArchiveStatus) -> dict[str, Any]:
    """The status as `--json` prints it."""
    return {
        "generation": found.generation,
        "posts": found.counts.posts,
        "comments": found.counts.comments,
        "unpublished": found.counts.unpublished,
        "first": str(found.first) if found.first else None,
        "last": str(found.last) if found.last else None,
        "blogs": [{"name": blog.name, "posts": blog.posts} for blog in found.blogs],
        "languages": list(found.languages),
        "sources": [
            {"location": source.location, "format": source.format, "blog": source.blog}
            for source in found.sources
        ],
        "feeds": [_feed(feed) for feed in found.feeds],
        "imports": [{"finished": done.finished.isoformat(), **done.report} for done in found.imports],
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


def as_lines(found: ArchiveStatus) -> Iterator[str]:
    """The status for people."""
    counts = found.counts
    yield f"{count(counts.posts, 'post')} and {count(counts.comments, 'comment')}{_dates(found)}."
    if found.generation:
        yield f"Generation {found.generation} is published."
    if counts.posts and not found.generation:
        yield "There is no index to search them by: run blogsearch reindex --rebuild."
    elif counts.unpublished:
        posts = count(counts.unpublished, "post")
        yield f"{posts} changed since it was published: run blogsearch reindex --rebuild."
    yield from _listing("Blogs", [f"{blog.name} ({count(blog.posts, 'post')})" for blog in found.blogs])
    if found.languages:
        yield f"Languages: {listed(found.languages)}"
    yield from _listing("Sources", [source.location for source in found.sources])
    yield from _feeds(sorted(found.feeds, key=_trouble_first))
    yield from _listing(
        "Imports", [f"{done.finished:%Y-%m-%d %H:%M} UTC  {_changes(done.report)}" for done in found.imports]
    )


def _trouble_first(feed: FeedState) -> tuple[bool, str]:
    return not feed.note, feed.location


def _feeds(feeds: Sequence[FeedState]) -> Iterator[str]:
    """The feeds, each with what is wrong with it on a line of its own."""
    if feeds:
        yield "Feeds:"
    for feed in feeds[:MOST_LISTED]:
        yield f"  {_feed_line(feed)}"
        if feed.note:
            yield f"    {feed.note}"
    if len(feeds) > MOST_LISTED:
        yield f"  and {len(feeds) - MOST_LISTED:,} more; --json lists them all"


def _feed_line(feed: FeedState) -> str:
    """When a feed was fetched, and when it will be."""
    done = "asked in vain" if feed.failures else "fetched"
    parts = [f"{done} {feed.last_fetch:%Y-%m-%d %H:%M} UTC" if feed.last_fetch else "not fetched yet"]
    if feed.next_fetch:
        parts.append(f"next {feed.next_fetch:%Y-%m-%d %H:%M} UTC")
    if feed.moved_to:
        parts.append(f"now at {feed.moved_to}")
    if feed.retired:
        parts.append("gone, and not asked any more")
    return f"{feed.location}  {', '.join(parts)}"


def _dates(found: ArchiveStatus) -> str:
    if not found.first or not found.last:
        return ""
    first, last = str(found.first)[:10], str(found.last)[:10]
    return f", from {first}" if first == last else f", from {first} to {last}"


def _listing(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines[:MOST_LISTED])
    if len(lines) > MOST_LISTED:
        yield f"  and {len(lines) - MOST_LISTED:,} more"


def _changes(report: Any) -> str:
    changed = [f"{number:,} {what}" for what, number in report["changes"].items() if number]
    skipped = [f"{report['skipped']:,} skipped"] if report["skipped"] else []
    return listed(changed + skipped) or "nothing read"
