"""From the words of each document to the documents of each word: one sort does it.

A token becomes one number of 64 bits, its term in the upper half and its place among all tokens in the
lower half. Sorted, these are the postings: by term, then by document, then by position.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.building.lexicon import Lexicon
from search.engines.whoosh.building.tokens import Tokens
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.spans import edges

_HALF: Final = np.uint64(32)
_BLOCK: Final = 1 << 18


def invert(terms: Sequence[bytes], tokens: Tokens, places: NDArray[np.int64] | None = None) -> Inverted:
    """The postings of tokens, whose numbers are those of terms, with positions.

    There can be 2³¹ of them. With `places`, only the tokens there, which ascend; `tokens.numbers` then has
    numbers for these alone.
    """
    keys = _keys(
        tokens.numbers, np.arange(len(tokens.numbers), dtype=np.uint32) if places is None else places
    )
    term, position = _halves(keys)
    del keys
    document = _documents(tokens, position)
    first = np.flatnonzero(_changes(term) | _changes(document))
    return Inverted(
        terms=terms,
        starts=edges(np.bincount(term[first], minlength=len(terms))),
        documents=document[first],
        lengths=tokens.lengths if places is None else _counted(document, len(tokens.lengths)),
        frequencies=np.diff(first, append=len(term)).astype(np.int32),
        positions=position,
    )


def invert_words(lexicon: Lexicon, tokens: Tokens) -> Inverted:
    """Which documents have which words; a word with a stem to itself is not sorted but refers to it."""
    own = np.flatnonzero(np.append(lexicon.same_stem, -1)[lexicon.word_of[tokens.numbers]] < 0)
    keys = _keys(lexicon.word_of[tokens.numbers[own]], tokens.documents[own])
    term, document = _halves(keys[_changes(keys)])
    return Inverted(
        terms=lexicon.words,
        starts=edges(np.bincount(term, minlength=len(lexicon.words))),
        documents=document,
        lengths=tokens.lengths,
        same=lexicon.same_stem,
    )


def _keys(upper: NDArray[np.int32], lower: NDArray[np.integer[Any]]) -> NDArray[np.uint64]:
    """Pairs of numbers in order, each as one number."""
    keys = upper.astype(np.uint64)
    keys <<= _HALF
    keys |= lower.astype(np.uint32, copy=False)
    keys.sort(kind="stable")  # which is quicker here than the default: the lower halves come in order
    return keys


def _halves(keys: NDArray[np.uint64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The upper and the lower numbers of pairs."""
    return (keys >> _HALF).astype(np.int32), keys.astype(np.uint32).view(np.int32)


def _documents(tokens: Tokens, places: NDArray[np.int32]) -> NDArray[np.int32]:
    """The documents of the tokens at these places, which become the positions in these documents.

    In blocks: NumPy widens whatever numbers it is to look up, and there are many.
    """
    document_of, starts = tokens.documents, tokens.starts.astype(np.int32)
    documents = np.empty(len(places), np.int32)
    for begin in range(0, len(places), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        documents[block] = document_of[places[block]]
        places[block] -= starts[documents[block]]
    return documents


def _changes(numbers: NDArray[np.int32] | NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Where a number differs from the one before it."""
    changes = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=changes[1:])
    return changes


def _counted(numbers: NDArray[np.int32], count: int) -> NDArray[np.int32]:
    return np.bincount(numbers, minlength=count).astype(np.int32)
