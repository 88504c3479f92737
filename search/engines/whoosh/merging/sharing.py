"""Words that are in the same documents as a stem, told by these documents alone.

Most words have a stem to themselves, so both are in the same documents, and these are kept once. Which
stem a word had is not known any more when segments are merged, nor does it matter: any that has the very
same documents will do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.spans import edges, sizes, spans

_SEED: Final = 2026


def unshared(words: Inverted, stems: Inverted) -> Inverted:
    """The words with all their documents, also those that have a stem's."""
    if words.same is None or not len(stems.terms):
        return replace(words, same=None)
    shares = words.same >= 0
    counts = np.where(shares, sizes(stems.starts)[words.same], sizes(words.starts))
    begins = np.where(shares, stems.starts[words.same] + len(words.documents), words.starts[:-1])
    documents = np.concatenate((words.documents, stems.documents))[spans(begins, counts)]
    return replace(words, starts=edges(counts), documents=documents, same=None)


def shared(words: Inverted, stems: Inverted) -> Inverted:
    """The words without the documents that a stem has as well: `same` names the nearest such stem."""
    same = _nearest_alike(words, stems)
    same[~_equal(words, stems, same)] = -1
    counts = np.where(same < 0, sizes(words.starts), 0)
    own = np.repeat(same < 0, sizes(words.starts))
    return replace(words, starts=edges(counts), documents=words.documents[own], same=same)


def _nearest_alike(words: Inverted, stems: Inverted) -> NDArray[np.int32]:
    """For each word a stem whose documents have the same sum, near it in the order of terms, or -1."""
    same = np.full(len(words.terms), -1, np.int32)
    if not len(stems.terms) or not len(words.terms):
        return same
    stem_sums, word_sums = _sums(stems), _sums(words)
    order = np.argsort(stem_sums, kind="stable")
    first = np.searchsorted(stem_sums[order], word_sums)
    found = first < len(order)
    found[found] = stem_sums[order[first[found]]] == word_sums[found]
    groups, ends = first[found], np.searchsorted(stem_sums[order], word_sums[found], side="right")
    nearest = _last_not_after(order, groups, ends, _places_among(words, stems)[found])
    same[found] = order[nearest]
    return same


def _last_not_after(order: Ints, starts: Ints, ends: Ints, wanted: Ints) -> Ints:
    """In each range of `order`, which ascends there, the last place not after `wanted`, or the first."""
    low, high = starts.copy(), ends - 1
    while np.any(low < high):
        middle = (low + high + 1) // 2
        fits = order[middle] <= wanted
        low, high = np.where(fits, middle, low), np.where(fits, high, middle - 1)
    return low


def _places_among(words: Inverted, stems: Inverted) -> Ints:
    """How many stems come before each word or are the word itself, less one."""
    both = sorted([(term, 0) for term in stems.terms] + [(term, 1) for term in words.terms])
    is_word = np.array([kind for _, kind in both], np.int64)
    stems_so_far = edges(1 - is_word)[1:]
    before: Ints = stems_so_far[is_word == 1] - 1
    return before


def _sums(field: Inverted) -> NDArray[np.uint64]:
    """A number for the documents of each term: the sum of one random number a document."""
    numbers = np.random.default_rng(_SEED).integers(1 << 63, size=len(field.lengths), dtype=np.uint64)
    running = np.zeros(len(field.documents) + 1, np.uint64)
    np.cumsum(numbers[field.documents], out=running[1:])  # wraps around, and so do the differences
    return np.diff(running[field.starts])


def _equal(words: Inverted, stems: Inverted, same: Ints) -> Bools:
    """Which words have exactly their stem's documents: different ones can have the same sum."""
    equal = same >= 0
    counts = sizes(words.starts)
    equal[equal] = counts[equal] == sizes(stems.starts)[same[equal]]
    chosen = np.flatnonzero(equal)
    counts = counts[chosen]
    mine = words.documents[spans(words.starts[chosen], counts)]
    theirs = stems.documents[spans(stems.starts[same[chosen]], counts)]
    wrong = edges(mine != theirs)[edges(counts)]
    equal[chosen] = np.diff(wrong) == 0
    return equal
