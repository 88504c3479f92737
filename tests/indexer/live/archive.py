"""An archive of live sources, as tests drive it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from indexer.live.options import LiveOptions
from indexer.live.schedule import Clock
from indexer.options import Options
from indexer.reindex import reindex
from indexer.report import Report
from indexer.steps import NoSteps
from indexer.sync import sync
from search.archive import Archive
from search.history import FeedState
from search.query.parser import parse
from search.request import SearchRequest

BEGINNING = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Time:
    """A clock that stands still until somebody sleeps or moves it."""

    now: datetime = BEGINNING
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def clock(self) -> Clock:
        """The clock as the program takes it, without any chance in it."""
        return Clock(lambda: self.now, self.sleep, lambda: 0.5)


@dataclass
class LiveArchive:
    """An archive, and what tests do to it and ask of it."""

    data: Path
    time: Time = field(default_factory=Time)

    def options(self, *, history: bool = False, most_pages: int = 2_000, blog: str = "") -> Options:
        """May ask this machine, without pauses."""
        live = LiveOptions(private_addresses=True, delay=0, history=history, most_pages=most_pages)
        return Options(self.data, blog=blog, live=live)

    def reindex(
        self, *sources: str | Path, history: bool = False, most_pages: int = 2_000, blog: str = ""
    ) -> Report:
        """Import the sources, or read all again."""
        options = self.options(history=history, most_pages=most_pages, blog=blog)
        return reindex([str(source) for source in sources], options, NoSteps(), self.time.clock())

    def sync(
        self, *, history: bool = False, every: timedelta | None = None, most_pages: int = 2_000
    ) -> Report:
        """One round."""
        options = self.options(history=history, most_pages=most_pages)
        return sync(options, NoSteps(), self.time.clock(), every=every)

    def titles(self, text: str = "") -> list[str]:
        """The titles of the posts that a search finds, sorted."""
        with Archive.open(self.data) as archive:
            found = archive.search(SearchRequest(parse(text), size=100)).hits
        return sorted(hit.post.title for hit in found)

    def feed(self) -> FeedState:
        """What is remembered of the only feed."""
        with Archive.open(self.data) as archive:
            (state,) = archive.status().feeds
        return state

    def sources(self) -> list[str]:
        """Where the sources are."""
        with Archive.open(self.data) as archive:
            return [source.location for source in archive.status().sources]
