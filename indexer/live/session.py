"""One run's dealings with the web: a folder for what it fetches, and who fetches it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property, partial
from pathlib import Path

from indexer.live.asked import Asked
from indexer.live.catch import Catch
from indexer.live.document import Folder
from indexer.live.gather import Gatherer
from indexer.live.options import LiveOptions
from indexer.live.schedule import Clock
from indexer.live.threads import each
from search.history import FeedState, SourceRecord
from search.scratch import scratch

AT_ONCE = 8
"""How many sources are asked at the same time; of one host only one is, whatever this says."""


class Session:
    """Asks live sources. Nothing of the web is even imported before the first of them.

    `known` tells what the archive remembers of an address that was found on the way.
    """

    def __init__(
        self, folder: Path, clock: Clock, options: LiveOptions, known: Callable[[str], Asked]
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._options = options
        self._known = known

    @cached_property
    def gatherer(self) -> Gatherer:
        """Who asks."""
        # They take a quarter of a second to import, and most imports are of files.
        from indexer.fetching import Fetcher, FetchPolicy  # noqa: PLC0415
        from indexer.live.finding import Finder  # noqa: PLC0415

        policy = FetchPolicy(private=self._options.private_addresses, delay=self._options.delay)
        return Gatherer(
            Finder(Fetcher(policy), Folder(self._folder)), self._clock, self._options, self._known
        )

    def all(
        self, ask: Callable[[Gatherer, SourceRecord, FeedState | None], Catch], sources: Sequence[Asked]
    ) -> tuple[Catch, ...]:
        """What asking each of the sources gives, in their order; raises the first error there is."""
        return self._each([partial(ask, self.gatherer, one.record, one.state) for one in sources])

    def due(self, feeds: Sequence[Asked], every: timedelta | None) -> tuple[Catch, ...]:
        """What each of the feeds has that is new, if it is due, `every` being the pace."""
        return self._each([partial(self.gatherer.due, every, one.record, one.state) for one in feeds])

    def older(self, catches: Iterable[Catch]) -> tuple[Catch, ...]:
        """The next pages of all archives that have more."""
        return self._each([partial(self.gatherer.older, catch) for catch in catches if catch.more])

    def _each(self, calls: Sequence[Callable[[], Catch]]) -> tuple[Catch, ...]:
        try:
            return each(calls, AT_ONCE)
        except BaseException:
            self.gatherer.stop()
            raise


@contextmanager
def session(clock: Clock, options: LiveOptions, known: Callable[[str], Asked]) -> Iterator[Session]:
    """A session whose documents go when it ends."""
    with scratch() as folder:
        yield Session(folder, clock, options, known)
