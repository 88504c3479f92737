"""When a feed is asked again, after it answered and after it did not."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from search.errors import FetchFailed, SourceError
from search.history import FeedState

FIRST_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(days=1)
"""After the first failure a feed is left alone for the one, then for twice as long, up to the other."""

SHORTEST_PACE = timedelta(minutes=1)
"""How often feeds may be asked at most."""

LONGEST_WISH = timedelta(days=7)
"""How long a server may ask to be left alone, with `Retry-After`."""

_SPREAD = 0.1
"""How much earlier or later than its pace a feed may be asked, so that not all are at once."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is, how to wait, and chance: all that a schedule needs of the world."""

    now: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


def is_due(state: FeedState, now: datetime, *, paced: bool) -> bool:
    """Whether the feed may be asked now.

    Without a pace a feed is asked whenever somebody wants to, unless it failed lately.
    """
    if state.retired:
        return False
    if not paced and not state.failures:
        return True
    return state.next_fetch is None or state.next_fetch <= now


def answered(state: FeedState, clock: Clock, every: timedelta | None) -> FeedState:
    """The state after the feed was read, or had not changed; `every` is the pace, if there is one."""
    now = clock.now()
    spread = 1 + _SPREAD * (2 * clock.chance() - 1)
    next_fetch = now + every * spread if every else None
    return replace(state, last_fetch=now, next_fetch=next_fetch, failures=0, note="")


def postponed(state: FeedState, error: FetchFailed, clock: Clock) -> FeedState:
    """The state where the feed was not even asked, as another one of its host showed that this is no time."""
    wish = min(LONGEST_WISH, timedelta(seconds=error.retry_after or 0))
    return replace(state, next_fetch=clock.now() + wish)


def failed(state: FeedState, error: SourceError, clock: Clock) -> FeedState:
    """The state after the feed could not be fetched or read; one that is gone for good is retired."""
    now = clock.now()
    # Documents are called by their address without the scheme.
    note = str(error).removeprefix(state.location.partition("://")[0] + "://")
    note = note.removeprefix(f"{state.location.partition('://')[2]}: ")
    failures = state.failures + 1
    if isinstance(error, FetchFailed) and error.gone:
        return replace(state, last_fetch=now, next_fetch=None, failures=failures, note=note, retired=True)
    # Doubling ends long before the numbers grow large.
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(state.failures, 10))
    if isinstance(error, FetchFailed) and error.retry_after:
        pause = max(pause, min(LONGEST_WISH, timedelta(seconds=error.retry_after)))
    return replace(state, last_fetch=now, next_fetch=now + pause, failures=failures, note=note)
