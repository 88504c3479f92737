"""Taking turns: one request to a host at a time, with a pause between two."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from indexer.fetching.deadline import Clock


@dataclass(slots=True)
class _Host:
    """When it may be asked again, in the clock's seconds: from our side, and from its own."""

    next_turn: float = float("-inf")
    left_alone_until: float = float("-inf")
    asked: threading.Lock = field(default_factory=threading.Lock)


class Turns:
    """Who may ask which host when; for many threads at once."""

    def __init__(self, delay: float, clock: Clock) -> None:
        self._delay = delay
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[float]:
        """Hold the turn at a host, once it has come; gives how many seconds that took."""
        began = self._clock.monotonic()
        place = self._place(host)
        with place.asked:
            pause = place.next_turn - self._clock.monotonic()
            if pause > 0:
                self._clock.sleep(pause)
            try:
                yield self._clock.monotonic() - began
            finally:
                place.next_turn = self._clock.monotonic() + self._delay

    def leave_alone(self, host: str, seconds: float) -> None:
        """The host asked for this; nobody is kept from asking it but who looks at `patience` first."""
        self._place(host).left_alone_until = self._clock.monotonic() + seconds

    def patience(self, host: str) -> float:
        """For how many more seconds the host wants to be left alone; 0 if it does not."""
        return max(0.0, self._place(host).left_alone_until - self._clock.monotonic())

    def _place(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())
