"""The words of many documents as one row of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.building.scratch import Room
from search.engines.whoosh.segment.spans import edges

_BLOCK: Final = 1 << 18
"""How many numbers are looked at together: what is worked out of them stays near the processor."""

_DOCUMENTS: Final = 1 << 10


@dataclass(frozen=True, slots=True)
class Tokens:
    """`lengths[0]` numbers of the first document, then `lengths[1]` of the second, and so on."""

    numbers: NDArray[np.int32]
    lengths: NDArray[np.int32]

    def counts(self, many: int) -> NDArray[np.int64]:
        """How often each number below `many` occurs.

        In blocks: NumPy widens whatever numbers it is to count, and there are many.
        """
        found = np.zeros(many, np.int64)
        for block in self.blocks():
            of_block = np.bincount(self.numbers[block])
            found[: len(of_block)] += of_block
        return found

    def renumbered(self, number_of: NDArray[np.int32], room: Room) -> Tokens:
        """The same documents with another number for each number."""
        found = room(len(self.numbers), np.int32)
        for block in self.blocks():
            np.take(number_of, self.numbers[block], out=found[block])
        return Tokens(found, self.lengths)

    def between(self, lower: int, upper: int) -> NDArray[np.int64]:
        """The places of the numbers from `lower` on and below `upper`, ascending."""
        found = [np.zeros(0, np.int64)]
        for block in self.blocks():
            numbers = self.numbers[block]
            found.append(np.flatnonzero((numbers >= lower) & (numbers < upper)) + block.start)
        return np.concatenate(found)

    def blocks(self) -> Iterator[slice]:
        """All places, many at a time."""
        for begin in range(0, len(self.numbers), _BLOCK):
            yield slice(begin, min(begin + _BLOCK, len(self.numbers)))

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where the numbers of each document begin, and where all end."""
        return edges(self.lengths)

    def documents(self, room: Room) -> Ints:
        """The document of each number, in the smallest kind: convert it before calculating."""
        names, starts = smallest(np.arange(len(self.lengths))), self.starts
        found = room(int(starts[-1]), names.dtype)
        for begin in range(0, len(names), _DOCUMENTS):
            some = slice(begin, begin + _DOCUMENTS)
            end = starts[min(begin + _DOCUMENTS, len(names))]
            found[starts[begin] : end] = np.repeat(names[some], self.lengths[some])
        return found
