"""A hash table of short strings that is asked for thousands of them at once.

A string is two numbers of 64 bits: its first eight bytes, and the next eight. What the slots of the table
hold are numbers of strings; the strings lie one after the other, those first that were met first, which
mostly are the most frequent ones: so what is asked for most is near together in memory.

Each step does one probe for all strings that are not found yet, and a string whose slot holds another one
goes on to the next slot: linear probing (Knuth, The Art of Computer Programming, 6.4), with every comparison
of a step made at once.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

WIDTH: Final = 8
LONGEST: Final = 2 * WIDTH
"""Bytes of a string at most."""

_FEWEST_BITS: Final = 16
"""The table has two to the power of so many slots at first, and is never more than half full."""

_FREE: Final = -1

_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
"""2⁶⁴ divided by the golden ratio: multiplicative hashing, as in the same chapter."""


class ShortStrings:
    """Numbers strings; which numbers there are is up to whoever asks, but each is that of one string only."""

    def __init__(self) -> None:
        self._bits = _FEWEST_BITS
        self._count = 0
        self._slots = np.full(1 << self._bits, _FREE, np.int32)
        self._first, self._second = np.zeros(0, np.uint64), np.zeros(0, np.uint64)

    @property
    def size(self) -> int:
        """Bytes that the table takes."""
        return self._slots.nbytes + self._first.nbytes + self._second.nbytes

    def numbers(
        self, first: Words, second: Words, next_number: int
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The number of each string, and where the new ones are, which get the next numbers, each once."""
        self._make_room(next_number, len(first))
        found, new = np.empty(len(first), np.int32), [np.zeros(0, np.int64)]
        asked, slot = np.arange(len(first)), self._home(first, second)
        while len(asked):
            free = np.flatnonzero(self._slots[slot] == _FREE)
            if len(free):
                self._slots[slot[free]] = asked[free]  # several may want it, and the last one has it
                having = free[self._slots[slot[free]] == asked[free]]
                given = np.arange(next_number, next_number + len(having))
                self._slots[slot[having]] = given
                self._first[given], self._second[given] = first[asked[having]], second[asked[having]]
                new.append(asked[having])
                next_number += len(having)
            held = self._slots[slot]
            same = (self._first[held] == first[asked]) & (self._second[held] == second[asked])
            found[asked[same]] = held[same]
            asked, slot = asked[~same], (slot[~same] + 1) & (len(self._slots) - 1)
        places = np.concatenate(new)
        self._count += len(places)
        return found, places

    def _home(self, first: Words, second: Words) -> NDArray[np.int64]:
        """The slot where looking for a string begins."""
        spread = (first ^ (second * _SPREAD)) * _SPREAD
        return (spread >> np.uint64(64 - self._bits)).astype(np.int64)

    def _make_room(self, next_number: int, more: int) -> None:
        """Let there be room for so many more strings with the numbers from this one on."""
        if next_number + more > len(self._first):
            longer = np.zeros((next_number + more) * 3 // 2 - len(self._first), np.uint64)
            self._first = np.concatenate((self._first, longer))
            self._second = np.concatenate((self._second, longer))
        if self._count + more > len(self._slots) // 2:
            self._bits = (2 * (self._count + more)).bit_length()
            self._place_again(self._slots[self._slots != _FREE])

    def _place_again(self, numbers: NDArray[np.int32]) -> None:
        """Put the strings of these numbers, which is all of them, into as many slots as there are now."""
        numbers = np.sort(numbers)  # the most frequent ones first, which then are found at the first probe
        self._slots = np.full(1 << self._bits, _FREE, np.int32)
        slot = self._home(self._first[numbers], self._second[numbers])
        while len(numbers):
            free = np.flatnonzero(self._slots[slot] == _FREE)[::-1]
            self._slots[slot[free]] = numbers[free]
            left = self._slots[slot] != numbers
            numbers, slot = numbers[left], (slot[left] + 1) & (len(self._slots) - 1)
