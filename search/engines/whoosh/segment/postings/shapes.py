"""In one byte: in how many documents a rare term is, and how often.

Most terms are rare, most of these are in one document once. So one byte a term says both for every term
that occurs at most 22 times. With both it is known where its postings lie, which follow one another.

Where nothing counts how often, 22 bytes are enough. What is left says which term of another field has the
same documents, if one has (`same.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints

RAREST: Final = 22
"""How often a term may occur, and be a rare one: 253 pairs of numbers."""
NONE: Final = 0
"""A term without postings of its own."""
NEAR: Final = RAREST + 1
"""The least byte of a term that shares the documents of another field's; only where nothing is counted."""
FAR: Final = 254
"""The greatest such byte."""
FREQUENT: Final = 255
"""A term that is not rare: its numbers are elsewhere."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """What each byte says, in a field that counts or in one that does not.

    In how many documents a term is, and how often; none for those that are no rare term's.
    """

    documents: NDArray[np.int64]
    occurrences: NDArray[np.int64]

    def of(self, documents: Ints, occurrences: Ints) -> NDArray[np.uint8]:
        """The byte for each term, by in how many documents it is and how often it occurs in all."""
        rare = documents if self is UNCOUNTED else (occurrences * (occurrences - 1) >> 1) + documents
        chosen = np.where(occurrences > RAREST, FREQUENT, np.where(documents > 0, rare, NONE))
        return chosen.astype(np.uint8)


def _table(pairs: list[tuple[int, int]]) -> Shapes:
    """The shapes of rare terms, from byte 1 on."""
    every = [(0, 0), *pairs, *[(0, 0)] * (255 - len(pairs))]
    return Shapes(np.array([have for have, _ in every]), np.array([times for _, times in every]))


COUNTED: Final = _table([(have, times) for times in range(1, RAREST + 1) for have in range(1, times + 1)])
UNCOUNTED: Final = _table([(have, have) for have in range(1, RAREST + 1)])
