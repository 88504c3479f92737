"""When a search has to end, with what it has found until then.

Several searches for one answer have one deadline together, or that answer would take as long as all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

SECONDS: Final = 1.0
"""How long a search takes at most where nothing else is said."""


class DeadlinePassed(Exception):
    """The time of a search is over."""


class Deadline:
    """A moment some seconds from now. `clock` tells the time in seconds, from whenever it likes."""

    def __init__(self, seconds: float = SECONDS, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    @property
    def passed(self) -> bool:
        """Whether it is over."""
        return self._clock() >= self._end

    def check(self) -> None:
        """Raise `DeadlinePassed` where it is over. Takes well under a microsecond."""
        if self._clock() >= self._end:
            raise DeadlinePassed
