"""How much time is left of a fetch."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    """What the module `time` does, so that tests can do it without waiting."""

    def monotonic(self) -> float:
        """Seconds since some moment in the past."""

    def sleep(self, seconds: float, /) -> None:
        """Return after so many seconds."""


class TimeIsUp(Exception):
    """The fetch took longer than its policy allows."""


class Deadline:
    """Counts down from when it is made."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._clock = clock
        self._end = clock.monotonic() + seconds

    def remaining(self) -> float:
        """How many seconds are left, always more than none; raises `TimeIsUp`."""
        seconds = self._end - self._clock.monotonic()
        if seconds <= 0:
            raise TimeIsUp
        return seconds

    def extend(self, seconds: float) -> None:
        """Give back time that was spent waiting for one's turn."""
        self._end += seconds
