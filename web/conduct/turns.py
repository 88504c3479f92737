"""Turns: of the answers that take long to send, only so many are sent at once.

Each of these keeps a thread for as long as its client takes to read it. A few clients who read slowly would
leave no thread for anyone else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import BoundedSemaphore

AT_ONCE = 2
"""Of one process, which by default has eight threads; more would not be done sooner."""
AGAIN = 5
"""Seconds until a turn is worth asking for again."""


class Turns:
    """The turns of one process."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        """Let so many be sent at once."""
        self._free = BoundedSemaphore(at_once)

    def take(self, parts: Iterable[bytes]) -> Iterator[bytes] | None:
        """The parts, whose turn lasts as long as somebody wants them; None where all turns are taken."""
        if not self._free.acquire(blocking=False):
            return None
        taken = self._until_the_end(parts)
        next(taken)  # what has begun has an end, whether it is exhausted, closed or forgotten
        return taken

    def _until_the_end(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        try:
            yield b""
            yield from parts
        finally:
            self._free.release()
