"""The pulse of a worker: what its supervisor sees of it, in a few bytes of memory that both have.

It counts up while the worker is well. Nobody compares clocks: a machine that slept has missed no beat.
"""

from __future__ import annotations

from mmap import mmap

_BEATS, _MEGABYTES = range(2)


class Pulse:
    """Made before the process is forked that beats it."""

    def __init__(self) -> None:
        self._numbers = memoryview(mmap(-1, 16)).cast("Q")

    def beat(self, megabytes: int) -> None:
        """Tell that all is well, with so much memory in use."""
        self._numbers[_MEGABYTES] = megabytes
        self._numbers[_BEATS] += 1

    @property
    def beats(self) -> int:
        """How often it beat; 0 until the worker answers."""
        return int(self._numbers[_BEATS])

    @property
    def megabytes(self) -> int:
        """How much memory the worker has of its own, as far as is known."""
        return int(self._numbers[_MEGABYTES])
