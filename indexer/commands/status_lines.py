"""The status of an archive in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from rich.filesize import decimal

from indexer.commands.disk import DiskUse
from indexer.commands.words import count, listed
from search.health import Health
from search.history import ArchiveStatus, FeedState

MOST_LISTED: Final = 10
REBUILD: Final = "run blogsearch reindex --rebuild"


@dataclass(frozen=True, slots=True)
class Condition:
    """How an archive is: its generations, the disk it takes, and whether somebody is `writing` to it."""

    health: Health
    disk: DiskUse
    writing: bool


def content_lines(found: ArchiveStatus) -> Iterator[str]:
    """How much there is."""
    counts = found.counts
    yield f"{count(counts.posts, 'post')} and {count(counts.comments, 'comment')}{_dates(found)}."


def condition_lines(found: ArchiveStatus, condition: Condition) -> Iterator[str]:
    """What answers, what is wrong with that, and what to do about it."""
    health, disk = condition.health, condition.disk
    yield from _generation(health)
    if found.counts.posts and not health.serving:
        yield f"There is no index to search them by: {REBUILD}."
    elif found.counts.unpublished:
        posts = count(found.counts.unpublished, "post")
        yield f"{posts} changed since it was published: {REBUILD}."
    named = {health.serving, health.published, *(each.name for each in health.broken)}
    if older := [name for name in health.kept if name not in named]:
        yield f"Generations kept besides: {listed(older)}."
    for each in health.broken:
        yield f"Broken: {each.name}"
        yield f"  {each.problem}"
    yield f"On disk: store {decimal(disk.store)}, index {decimal(disk.index)}; {decimal(disk.free)} are free."
    if condition.writing:
        yield "Somebody is writing to it at the moment."


def _generation(health: Health) -> Iterator[str]:
    published = f", published {_time(health.since)}" if health.since else ""
    if health.is_whole:
        yield f"Generation {health.serving} answers{published}."
    elif health.serving == health.published and health.serving:
        yield f"Generation {health.serving} answers, but is not as it was published."
        yield f"  To make a sound one, {REBUILD}."
    elif health.serving:
        missing = f"{health.published}{published}" if health.published else "one that was published"
        yield f"Generation {health.serving} answers instead of {missing}."
        yield f"  To make a sound one, {REBUILD}."
    if health.rolled_back:
        yield f"It was gone back to from {health.rolled_back}, with blogsearch rollback."


def record_lines(found: ArchiveStatus) -> Iterator[str]:
    """Where it all came from, and when."""
    yield from _listing("Blogs", [f"{blog.name} ({count(blog.posts, 'post')})" for blog in found.blogs])
    if found.languages:
        yield f"Languages: {listed(found.languages)}"
    yield from _listing("Sources", [source.location for source in found.sources])
    yield from _feeds(sorted(found.feeds, key=_trouble_first))
    yield from _listing(
        "Imports", [f"{_time(done.finished)}  {_changes(done.report)}" for done in found.imports]
    )


def _trouble_first(feed: FeedState) -> tuple[bool, str]:
    return not feed.note, feed.location


def _feeds(feeds: Sequence[FeedState]) -> Iterator[str]:
    """The feeds, each with its times, and with what is wrong with it, on lines of their own."""
    if feeds:
        failing = sum(1 for feed in feeds if feed.failures and not feed.retired)
        yield f"Feeds ({failing:,} of {len(feeds):,} failing):" if failing else "Feeds:"
    for feed in feeds[:MOST_LISTED]:
        yield f"  {feed.location}"
        yield f"    {', '.join(_times(feed))}"
        if feed.note:
            yield f"    {feed.note}"
    if len(feeds) > MOST_LISTED:
        yield f"  and {len(feeds) - MOST_LISTED:,} more; --json lists them all"


def _times(feed: FeedState) -> Iterator[str]:
    """When a feed was fetched, and when it will be."""
    done = "asked in vain" if feed.failures else "fetched"
    yield f"{done} {_time(feed.last_fetch)}" if feed.last_fetch else "not fetched yet"
    if feed.next_fetch:
        yield f"next {_time(feed.next_fetch)}"
    if feed.moved_to:
        yield f"now at {feed.moved_to}"
    if feed.retired:
        yield "gone, and not asked any more"


def _time(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"


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


def _changes(report: Mapping[str, Any]) -> str:
    changed = [f"{number:,} {what}" for what, number in report.get("changes", {}).items() if number]
    skipped = [f"{report['skipped']:,} skipped"] if report.get("skipped") else []
    return listed(changed + skipped) or "nothing read"
