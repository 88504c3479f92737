"""In one byte: in how many documents a rare term is, and how often.

Most terms are rare, most of these are in one document once. So one byte a term says both for every term
that occurs at most 22 times. With both it is known where its postings lie, which follow one another.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Ints

RAREST: Final = 22
"""How often a term may occur, and be a rare one: 253 pairs of numbers."""
NONE: Final = 0
"""A term without postings of its own."""
FREQUENT: Final = 255
"""A term that is not rare: its numbers are elsewhere."""

_PAIRS: Final = [(0, 0)] + [(have, times) for times in range(1, RAREST + 1) for have in range(1, times + 1)]
_UNUSED: Final = [(0, 0)] * (256 - len(_PAIRS))
DOCUMENTS: Final = np.array([have for have, _ in _PAIRS + _UNUSED], np.int32)
"""In how many documents a term of each shape is; none for those that are no rare term's."""
OCCURRENCES: Final = np.array([times for _, times in _PAIRS + _UNUSED], np.int32)
"""How often a term of each shape occurs."""


def shapes(documents: Ints, occurrences: Ints) -> Ints:
    """The byte for each term, by in how many documents it is and how often it occurs in all."""
    rare = 1 + (occurrences * (occurrences - 1) >> 1) + documents - 1
    chosen = np.where(occurrences > RAREST, FREQUENT, np.where(documents > 0, rare, NONE))
    return chosen.astype(np.uint8)
