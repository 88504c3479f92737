"""Pairs of very common stems, which make phrases of such words quick: their lists are the longest there are.

The idea is that of Lucene's `CommonGramsFilter`; here only pairs of two common words are kept, for a
phrase with a rare word is quick to check from that word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.building.inversion import invert
from search.engines.whoosh.building.scratch import Room
from search.engines.whoosh.building.tokens import Tokens
from search.engines.whoosh.segment.inverted import Inverted

COMMON: Final = 16
"""How many of a segment's most frequent stems are paired with each other."""

WORTH_PAIRS: Final = 1_000
"""Documents from which there are pairs: in fewer, no list is long."""


def common_stems(stem_count: int, tokens: Tokens) -> NDArray[np.int64]:
    """The numbers of the most frequent stems, ascending; none in a small segment."""
    return most_frequent(tokens.counts(stem_count), len(tokens.lengths))


def most_frequent(counts: Ints, documents: int) -> NDArray[np.int64]:
    """The same, of stems that occur so often in so many documents."""
    if documents < WORTH_PAIRS:
        return np.zeros(0, np.int64)
    return np.sort(np.argsort(-counts, kind="stable")[:COMMON])


def invert_pairs(
    stems: Sequence[bytes], tokens: Tokens, common: NDArray[np.int64], room: Room = np.empty
) -> Inverted:
    """The postings of `tokens`' pairs of common stems, where one follows the other at once."""
    among = np.full(len(stems) + 1, -1, np.int8)
    among[common] = np.arange(len(common))
    places, numbers = _neighbours(among, tokens)
    there = np.flatnonzero(np.bincount(numbers, minlength=len(common) ** 2))
    chosen = common.tolist()
    names = [
        stems[chosen[pair // len(common)]] + b" " + stems[chosen[pair % len(common)]]
        for pair in there.tolist()
    ]
    in_order = sorted(range(len(names)), key=names.__getitem__)
    rank = np.zeros(len(common) ** 2, np.int32)
    rank[there[in_order]] = np.arange(len(names))
    in_pairs = Tokens(rank[numbers], tokens.lengths)
    return invert([names[pair] for pair in in_order], in_pairs, places, room)


def _neighbours(among: NDArray[np.int8], tokens: Tokens) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where a common stem stands before another one, and the number of the pair."""
    common, ends = int(among.max(initial=-1)) + 1, tokens.starts[1:-1] - 1
    places, numbers = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for block in tokens.blocks():
        stands = among[tokens.numbers[block.start : block.stop + 1]]
        pairs = (stands[:-1] >= 0) & (stands[1:] >= 0)
        first, last = np.searchsorted(ends, (block.start, block.start + len(pairs)))
        pairs[ends[max(first, np.searchsorted(ends, 0)) : last] - block.start] = False
        found = np.flatnonzero(pairs)  # but for those whose next word is another document's
        places.append(found + block.start)
        numbers.append(stands[found].astype(np.int64) * common + stands[found + 1])
    return np.concatenate(places), np.concatenate(numbers)
