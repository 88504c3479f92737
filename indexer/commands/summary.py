"""A report of `reindex` for people: a few lines, readable at a glance."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from indexer.commands.words import count, duration, listed
from indexer.record import EMPTY, ORPHAN, POST_LEFT_OUT
from indexer.report import Counts, Report, SkippedRecord
from search.layout import dead_letter_file
from search.text.inert import printable

MOST_LISTED = 10
"""Skipped records and warnings that are shown; the rest are counted."""

FEW = 3
"""Reasons to leave records out that are told in brackets; more have a line of their own."""

REASONS: Mapping[str, tuple[str, str]] = {
    "draft": ("draft", "drafts"),
    "private": ("private post", "private posts"),
    "password": ("post with a password", "posts with a password"),
    "scheduled": ("scheduled post", "scheduled posts"),
    "spam": ("spam comment", "spam comments"),
    "pingback": ("pingback", "pingbacks"),
    "trackback": ("trackback", "trackbacks"),
    "pending": ("post or comment not yet approved", "posts and comments not yet approved"),
    "trashed": ("trashed post or comment", "trashed posts and comments"),
    "removed": ("removed comment", "removed comments"),
    "hidden": ("hidden comment", "hidden comments"),
    "unlisted": ("unlisted post", "unlisted posts"),
    "response": ("response to a post elsewhere", "responses to posts elsewhere"),
    "not a post": ("record that is no post", "records that are no posts"),
    EMPTY: ("empty record", "empty records"),
    ORPHAN: ("comment whose post is nowhere", "comments whose post is nowhere"),
    POST_LEFT_OUT: ("comment on a post left out", "comments on posts left out"),
}
"""A reason in words, of one record and of many; any other reason is shown as it is."""


def summary(report: Report, data: Path) -> Iterator[str]:
    """The lines of the summary."""
    for line in _lines(report, data):
        yield printable(line)


def _lines(report: Report, data: Path) -> Iterator[str]:
    if report.feeds:
        yield feeds_line(report)
    if report.sources or not report.feeds:
        yield _imported(report) if report.sources else _rebuilt(report)
    if report.sources:
        yield f"{_changed(report)} The archive holds {_counts(report.archive)}."
    if len(left_out := _left_out(report)) > FEW:
        yield f"Left out: {listed(left_out)}."
    if ignored := sum(source.ignored for source in report.sources):
        yield f"Passed over {count(ignored, 'file')} that cannot hold posts: images, styles and the like."
    yield from _warnings(report)
    yield from _skipped(report, data)
    if report.archive.posts:
        option = "" if data == Path("data") else f" --data {shlex.quote(str(data))}"
        yield f"Search it in a browser:  blogsearch serve{option}"


def feeds_line(report: Report) -> str:
    """How many feeds there are, what became of them, and what is new."""
    outcomes = Counter(str(feed.outcome) for feed in report.feeds)
    told = listed([f"{number:,} {outcome}" for outcome, number in outcomes.items()])
    return f"{count(len(report.feeds), 'feed')}: {told}; {report.changes.added:,} added."


def _imported(report: Report) -> str:
    sources = count(len(report.sources), "source")
    left_out = _left_out(report)
    aside = f" ({listed(left_out)} left out)" if 0 < len(left_out) <= FEW else ""
    return f"Imported {_counts(report.read)} from {sources} in {duration(report.seconds)}{aside}."


def _left_out(report: Report) -> list[str]:
    counted = sorted(report.left_out.items(), key=lambda item: -item[1])
    return [_reason(reason, number) for reason, number in counted if number]


def _rebuilt(report: Report) -> str:
    return f"Rebuilt the index of {_counts(report.archive)} in {duration(report.seconds)}."


def _changed(report: Report) -> str:
    changes = report.changes
    numbers = {"added": changes.added, "updated": changes.updated, "removed": changes.removed}
    if changed := [f"{number:,} {what}" for what, number in numbers.items() if number]:
        unchanged = [f"{changes.unchanged:,} unchanged"] if changes.unchanged else []
        return f"{listed(changed + unchanged)}.".capitalize()
    return "Nothing has changed."


def _reason(reason: str, number: int) -> str:
    return count(number, *REASONS.get(reason, (f"record {reason!r}", f"records {reason!r}")))


def _counts(counts: Counts) -> str:
    return f"{count(counts.posts, 'post')} and {count(counts.comments, 'comment')}"


def _warnings(report: Report) -> Iterator[str]:
    warnings = report.all_warnings
    yield from (f"Warning: {warning}" for warning in warnings[:MOST_LISTED])
    if beyond := warnings[MOST_LISTED:]:
        yield f"Warning: and {count(len(beyond), 'more warning')}; --json lists them all"


def _skipped(report: Report, data: Path) -> Iterator[str]:
    skipped = report.skipped
    if not skipped:
        return
    yield f"{count(len(skipped), 'record')} could not be read:"
    alike = _alike(skipped)
    yield from (f"  {_together(records)}" for records in alike[:MOST_LISTED])
    more = sum(map(len, alike[MOST_LISTED:]))
    beyond = f"and {more:,} more; " if more else ""
    yield f"  {beyond}all are in {dead_letter_file(data)}"


def _alike(skipped: Iterable[SkippedRecord]) -> list[list[SkippedRecord]]:
    """The records one by one, but whole files of one trouble together: a folder may hold hundreds."""
    groups: dict[tuple[str, ...], list[SkippedRecord]] = {}
    for record in skipped:
        group = (record.source, record.where, record.why) if record.where else (record.why,)
        groups.setdefault(group, []).append(record)
    return list(groups.values())


def _together(records: Sequence[SkippedRecord]) -> str:
    first = records[0]
    return f"{first.source} and {len(records) - 1:,} more: {first.why}" if len(records) > 1 else str(first)
