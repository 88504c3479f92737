"""Pairs of very common stems in a merged field, found again in its positions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.building.pairs import invert_pairs, most_frequent
from search.engines.whoosh.building.tokens import Tokens
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.spans import edges, sizes


def merge_pairs(stems: Inverted) -> tuple[Inverted, frozenset[bytes]]:
    """The pairs of a field's most common stems, and these stems.

    Other stems are common in the whole than in its parts, so the parts' pairs are of no use. Raises
    `ValueError` for positions that cannot be.
    """
    if stems.frequencies is None or stems.positions is None:
        raise ValueError("a field without positions has no pairs")
    places = edges(stems.frequencies)
    common = most_frequent(sizes(places[stems.starts]), len(stems.lengths))
    tokens = _tokens(stems, stems.frequencies, stems.positions, places, common)
    pairs = invert_pairs(stems.terms, tokens, common)
    return pairs, frozenset(stems.terms[number] for number in common.tolist())


def _tokens(
    stems: Inverted, frequencies: NDArray[np.int32], positions: NDArray[np.int32], places: Ints, common: Ints
) -> Tokens:
    """The texts again, as a row of stems, but only the common ones: the others are a stem that is none."""
    starts = edges(stems.lengths)
    row = np.full(starts[-1], len(stems.terms), np.int32)
    for number in common.tolist():
        first, last = int(stems.starts[number]), int(stems.starts[number + 1])
        documents = np.repeat(stems.documents[first:last], frequencies[first:last])
        standing = positions[places[first] : places[last]]
        if np.any(standing >= stems.lengths[documents]):
            raise ValueError("a position is beyond the end of its text")
        row[starts[documents] + standing] = number
    return Tokens(row, stems.lengths)
