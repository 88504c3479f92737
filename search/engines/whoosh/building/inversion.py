"""From the words of each document to the documents of each word: one sort does it.

A token becomes one number of 64 bits, its term in the upper half and its place among all tokens in the
lower half. Sorted, these are the postings: by term, then by document, then by position.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.building.lexicon import Lexicon
from search.engines.whoosh.building.tokens import Tokens
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.ranges import offsets

_HALF: Final = np.uint64(32)
_LOWER: Final = np.uint64((1 << 32) - 1)


def invert(terms: Sequence[bytes], tokens: Tokens, places: NDArray[np.int64] | None = None) -> Inverted:
    """The postings of tokens, whose numbers are those of terms, with positions.

    With `places`, only the tokens there, which ascend; `tokens.numbers` then has numbers for these alone.
    """
    keys = _keys(tokens.numbers, np.arange(len(tokens.numbers)) if places is None else places)
    place = (keys & _LOWER).astype(np.int64)
    term = (keys >> _HALF).astype(np.int32)
    del keys
    document = tokens.documents[place]
    position = (place - tokens.starts[document]).astype(np.int32)
    del place
    first = np.flatnonzero(_changes(term) | _changes(document))
    return Inverted(
        terms=terms,
        starts=offsets(np.bincount(term[first], minlength=len(terms))),
        documents=document[first],
        lengths=tokens.lengths if places is None else _counted(document, len(tokens.lengths)),
        frequencies=np.diff(first, append=len(term)).astype(np.int32),
        positions=position,
    )


def invert_words(lexicon: Lexicon, tokens: Tokens) -> Inverted:
    """Which documents have which words; a word with a stem to itself is not sorted but refers to it."""
    own = np.flatnonzero(np.append(lexicon.same_stem, -1)[lexicon.word_of[tokens.numbers]] < 0)
    keys = _keys(lexicon.word_of[tokens.numbers[own]], tokens.documents[own])
    keys = keys[_changes(keys)]
    return Inverted(
        terms=lexicon.words,
        starts=offsets(np.bincount((keys >> _HALF).astype(np.int64), minlength=len(lexicon.words))),
        documents=(keys & _LOWER).astype(np.int32),
        lengths=tokens.lengths,
        same=lexicon.same_stem,
    )


def _keys(upper: NDArray[np.int32], lower: NDArray[np.int64] | NDArray[np.int32]) -> NDArray[np.uint64]:
    """Pairs of numbers in order, each as one number."""
    keys = upper.astype(np.uint64)
    keys <<= _HALF
    keys |= lower.astype(np.uint64)
    keys.sort(kind="stable")  # which is quicker here than the default: the lower halves come in order
    return keys


def _changes(numbers: NDArray[np.int32] | NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Where a number differs from the one before it."""
    changes = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=changes[1:])
    return changes


def _counted(numbers: NDArray[np.int32], count: int) -> NDArray[np.int32]:
    return np.bincount(numbers, minlength=count).astype(np.int32)
