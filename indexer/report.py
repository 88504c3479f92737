"""What a run of `reindex` did: one value, shown as JSON or as a few lines for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from indexer.live.feed_report import FeedReport
from search.history import ChangeCounts

USUAL_REASONS = ("draft", "spam", "pingback")
"""Reasons that a report always counts, even when there were none."""


@dataclass(frozen=True, slots=True)
class Counts:
    """So many posts and comments."""

    posts: int = 0
    comments: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.posts + other.posts, self.comments + other.comments)


@dataclass(frozen=True, slots=True)
class SkippedRecord:
    """One record that could not be read: in which file, where in it, and why."""

    source: str
    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.source}{', ' if self.where else ''}{self.where}: {self.why}"


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What reading one source gave: `location` as the archive remembers it.

    `left_out` counts posts and comments by the reason they were not published. `files` is how many
    the source holds that a format knew, and `ignored` how many images, styles and the like.
    """

    location: str
    files: int = 0
    ignored: int = 0
    read: Counts = Counts()
    left_out: Mapping[str, int] = field(default_factory=dict)
    changes: ChangeCounts = field(default_factory=ChangeCounts)
    skipped: tuple[SkippedRecord, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def records(self) -> int:
        """How many records the source holds, readable or not."""
        return self.read.posts + self.read.comments + sum(self.left_out.values()) + len(self.skipped)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole run. `generation` is the one now published, whether or not this run made it.

    `seconds` is the time it all took and `archive` what the archive holds now. `feeds` are the live ones
    among the sources.
    """

    generation: str
    seconds: float
    archive: Counts
    sources: tuple[SourceReport, ...] = ()
    warnings: tuple[str, ...] = ()
    feeds: tuple[FeedReport, ...] = ()

    def followed_by(self, other: Report) -> Report:
        """This run and one that went on from it, as one."""
        feeds = {feed.address: feed for feed in self.feeds}
        for feed in other.feeds:
            before = feeds.get(feed.address)
            feeds[feed.address] = replace(feed, new=feed.new + before.new) if before else feed
        return replace(
            other,
            seconds=self.seconds + other.seconds,
            sources=self.sources + other.sources,
            warnings=self.warnings + other.warnings,
            feeds=tuple(feeds.values()),
        )

    @property
    def read(self) -> Counts:
        """What was read of all sources."""
        return sum((source.read for source in self.sources), Counts())

    @property
    def left_out(self) -> dict[str, int]:
        """Records by the reason they were left out, the usual reasons first."""
        total = dict.fromkeys(USUAL_REASONS, 0)
        for source in self.sources:
            for reason, count in source.left_out.items():
                total[reason] = total.get(reason, 0) + count
        return total

    @property
    def changes(self) -> ChangeCounts:
        """What changed in the archive."""
        return sum((source.changes for source in self.sources), ChangeCounts())

    @property
    def skipped(self) -> tuple[SkippedRecord, ...]:
        """The records of all sources that could not be read."""
        return tuple(record for source in self.sources for record in source.skipped)

    @property
    def all_warnings(self) -> tuple[str, ...]:
        """The warnings of the run and of all sources."""
        of_sources = (warning for source in self.sources for warning in source.warnings)
        of_feeds = (f"{feed.address}: {feed.note}" for feed in self.feeds if feed.note)
        return (*self.warnings, *of_sources, *of_feeds)

    def as_json(self) -> dict[str, Any]:
        """The report as `reindex --json` prints it."""
        return {
            "generation": self.generation,
            "seconds": round(self.seconds, 2),
            **self._accounts(),
            "archive": {"posts": self.archive.posts, "comments": self.archive.comments},
            "skipped": [
                {"source": record.source, "where": record.where, "why": record.why} for record in self.skipped
            ],
            "warnings": list(self.all_warnings),
            **({"feeds": [feed.as_json() for feed in self.feeds]} if self.feeds else {}),
        }

    def as_history(self) -> dict[str, Any]:
        """What the archive keeps of the run: how many records were skipped, but not which."""
        return {
            "sources": [source.location for source in self.sources],
            "seconds": round(self.seconds, 2),
            **self._accounts(),
            "skipped": len(self.skipped),
            "warnings": list(self.all_warnings),
        }

    def _accounts(self) -> dict[str, Any]:
        read, changes = self.read, self.changes
        return {
            "read": {"posts": read.posts, "comments": read.comments},
            "left_out": self.left_out,
            "changes": {
                "added": changes.added,
                "updated": changes.updated,
                "unchanged": changes.unchanged,
                "removed": changes.removed,
            },
        }
