"""The words of many documents as one row of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.segment.spans import edges

_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Tokens:
    """`lengths[0]` numbers of the first document, then `lengths[1]` of the second, and so on."""

    numbers: NDArray[np.int32]
    lengths: NDArray[np.int32]

    @classmethod
    def joined(cls, parts: Sequence[Tokens]) -> Self:
        """The documents of all parts, in order."""
        nothing = np.zeros(0, np.int32)
        return cls(
            np.concatenate([nothing, *(part.numbers for part in parts)]),
            np.concatenate([nothing, *(part.lengths for part in parts)]),
        )

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
    def documents(self) -> NDArray[np.int32]:
        """The document of each number."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int32), self.lengths)
