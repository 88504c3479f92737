"""How often caches had what was asked of them, told as it grows."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Final, Protocol, TypeAlias

from web.watching.counters import Counter

OFTEN: Final = 1.0
"""Seconds after which it is worth a look."""


class Use(Protocol):
    """How a cache was used since it was made."""

    @property
    def hits(self) -> int:
        """How often it had what was asked."""
        ...

    @property
    def misses(self) -> int:
        """How often it had not."""
        ...


Readers: TypeAlias = Mapping[str, Callable[[], Use]]
"""What tells the use of each cache, by its name."""


class CacheMeter:
    """Adds to a counter what caches were used since it was last asked to. They may begin anew in between."""

    def __init__(self, counter: Counter, caches: Readers, now: Callable[[], float] = time.monotonic) -> None:
        self._counter = counter
        self._caches = caches
        self._now = now
        self._adding = Lock()
        self._due = 0.0
        self._known = dict.fromkeys(caches, (0, 0))

    def glance(self) -> None:
        """Bring the counter up to date, unless it was a moment ago."""
        if self._now() >= self._due:
            self.read()

    def read(self) -> None:
        """Bring the counter up to date."""
        with self._adding:
            self._due = self._now() + OFTEN
            for name, read in self._caches.items():
                self._add(name, read())

    def _add(self, name: str, use: Use) -> None:
        hits, misses = self._known[name]
        if use.hits < hits or use.misses < misses:  # it is another one by now
            hits = misses = 0
        self._counter.add(name, "hit", amount=use.hits - hits)
        self._counter.add(name, "miss", amount=use.misses - misses)
        self._known[name] = use.hits, use.misses
