"""How an archive came to be: its sources, its imports, and what each changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from search.model import Period


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source the archive knows, to be read again: where it is and the options it was given with.

    `location` is an absolute path or an address; `format` and `blog` are empty unless the user
    named them.
    """

    location: str
    format: str = ""
    blog: str = ""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a live feed between two fetches.

    `location` is the address it is known by, `moved_to` where a permanent redirect led, empty without
    one. `etag` and `last_modified` are as the server last sent them. It is not to be fetched before
    `next_fetch`, an aware time, None for at once, and was last fetched, with whatever outcome, at
    `last_fetch`. `failures` counts those since the last success, and `note` says what went wrong in the
    last, in words for the user. One that is `retired` is gone for good and not fetched any more.

    `comments` tells the number of comments that it spoke of from any other number. `history` says how far
    older posts were followed: empty where they were not, else in the words of who follows them. Of a list
    of feeds, which is asked like a feed, it has the addresses that were in it.
    """

    location: str
    moved_to: str = ""
    etag: str = ""
    last_modified: str = ""
    next_fetch: datetime | None = None
    last_fetch: datetime | None = None
    failures: int = 0
    note: str = ""
    retired: bool = False
    comments: str = ""
    history: str = ""


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """What reading one source changed, posts and comments together.

    `duplicates` counts records whose id another record of the source had (the later-modified was
    kept) and `orphans` comments left out because the archive does not have their post.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    duplicates: int = 0
    orphans: int = 0

    def __add__(self, other: ChangeCounts) -> ChangeCounts:
        return ChangeCounts(
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
            self.duplicates + other.duplicates,
            self.orphans + other.orphans,
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many posts and comments there are, and how many posts no generation has yet."""

    posts: int
    comments: int
    unpublished: int


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One finished import: when it was, and a digest of its report as plain data."""

    finished: datetime
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BlogCount:
    """A blog of the archive and how many posts it has."""

    name: str
    posts: int


@dataclass(frozen=True, slots=True)
class ArchiveStatus:
    """What is in an archive, for `status`, the empty page and health checks.

    `first` and `last` are the dates of the oldest and newest dated post.
    """

    generation: str
    counts: Counts
    first: Period | None
    last: Period | None
    blogs: tuple[BlogCount, ...]
    languages: tuple[str, ...]
    sources: tuple[SourceRecord, ...]
    feeds: tuple[FeedState, ...]
    imports: tuple[ImportRecord, ...]
