"""Keep an archive up to date with the live feeds among its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from indexer.known import Known, known_in
from indexer.live.addresses import is_address
from indexer.live.asked import Asked
from indexer.live.feed_report import FeedReport
from indexer.live.lists import feeds_listed_in
from indexer.live.schedule import Clock
from indexer.live.session import session
from indexer.options import Options
from indexer.portions import Run
from indexer.report import Report
from indexer.steps import Steps
from search.errors import NoSources

_SHORTEST_PAUSE = 30.0  # seconds, so that feeds that are due at almost the same time are asked together


def sync(options: Options, steps: Steps, clock: Clock, *, every: timedelta | None = None) -> Report:
    """Ask every feed that is due, and import what is new.

    Feeds are the sources that `reindex` found to be some, and those in the OPML lists among the sources.
    What is wrong with one of them is in the report, and the others go on. With a pace, `every`, a feed is
    due so long after it was last asked; without one it is unless it failed lately.

    Raises `NoSources` where there are no feeds, `ArchiveLocked` and every other `ArchiveError`.
    """
    known = known_in(options.data, wait=options.wait)
    feeds = list(_feeds(known))
    if not feeds:
        raise NoSources(
            f"{options.data} knows no live feeds yet: name one, as in blogsearch reindex https://…"
        )
    with session(clock, options.live, known.at) as live:
        catches = live.due(feeds, every)
        asked = {catch.record.location for catch in catches}
        listed = known.listed((catch.record, catch.listed) for catch in catches)
        catches += live.due([one for one in _new(listed) if one.record.location not in asked], every)
        warnings = tuple(warning for catch in catches for warning in catch.warnings())
        return Run(options, steps, clock).import_all(live, catches=catches, warnings=warnings)


def keep_in_sync(options: Options, steps: Steps, clock: Clock, every: timedelta) -> Iterator[Report]:
    """Ask every feed at this pace, for ever; yields a report whenever some were due. Raises as `sync`."""
    while True:
        report = sync(options, steps, clock, every=every)
        yield report
        clock.sleep(_pause(report.feeds, clock, every))


def _feeds(known: Known) -> Iterator[Asked]:
    """The feeds that are sources, then those in lists that are new."""
    for location in known.states:
        if location in known.records:
            yield known.asked(known.records[location])
    files = [record for record in known.records.values() if not is_address(record.location)]
    listed = known.listed((record, feeds_listed_in(record.location)) for record in files)
    yield from _new(listed)


def _new(listed: Iterable[Asked]) -> Iterator[Asked]:
    return (one for one in listed if one.state is None)


def _pause(feeds: tuple[FeedReport, ...], clock: Clock, every: timedelta) -> float:
    """How many seconds there are until the first feed is due."""
    times = [feed.next for feed in feeds if feed.next]
    first = min(times) - clock.now() if times else every
    return max(_SHORTEST_PAUSE, first.total_seconds())
