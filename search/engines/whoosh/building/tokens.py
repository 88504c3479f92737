"""The words of many documents as one row of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.segment.spans import edges

_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Tokens:
    """`lengths[0]` numbers of the first document, then `lengths[1]` of the second, and so on."""

    numbers: NDArray[np.int32]
    lengths: NDArray[np.int32]

    @classmethod
    def joined(cls, parts: list[Tokens]) -> Self:
        """The documents of all parts, in order. The parts are given up: there need not be room for both."""
        lengths = np.concatenate([np.zeros(0, np.int32), *(part.lengths for part in parts)])
        numbers = np.empty(sum(len(part.numbers) for part in parts), np.int32)
        end = len(numbers)
        while parts:
            part = parts.pop()
            numbers[end - len(part.numbers) : end] = part.numbers
            end -= len(part.numbers)
        return cls(numbers, lengths)

    def followed_by_empty(self, documents: int) -> Tokens:
        """The same, and so many documents without a word."""
        return Tokens(self.numbers, np.concatenate([self.lengths, np.zeros(documents, np.int32)]))

    def counts(self, many: int) -> NDArray[np.int64]:
        """How often each number below `many` occurs.

        In blocks: NumPy widens whatever numbers it is to count, and there are many.
        """
        found = np.zeros(many, np.int64)
        for begin in range(0, len(self.numbers), _BLOCK):
            block = np.bincount(self.numbers[begin : begin + _BLOCK])
            found[: len(block)] += block
        return found

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where the numbers of each document begin, and where all end."""
        return edges(self.lengths)

    @property
    def documents(self) -> Ints:
        """The document of each number, in the smallest kind: convert it before calculating."""
        return np.repeat(smallest(np.arange(len(self.lengths))), self.lengths)
