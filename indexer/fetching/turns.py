"""Taking turns: one request to a host at a time, with a pause between two."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from indexer.fetching.deadline import Clock


@dataclass(slots=True)
class _Host:
    """When it may be asked again, in the clock's seconds, and who is asking."""

    next_turn: float = float("-inf")
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
        with self._lock:
            place = self._hosts.setdefault(host, _Host())
        with place.asked:
            pause = place.next_turn - self._clock.monotonic()
            if pause > 0:
                self._clock.sleep(pause)
            try:
                yield self._clock.monotonic() - began
            finally:
                place.next_turn = self._clock.monotonic() + self._delay
