"""From the words of each document to the documents of each word: one sort does it.

A token becomes one number of 63 bits: its term, its document, its position. Sorted, these are the postings.
They are nearly sorted as they come, for documents and positions ascend: only terms have to be brought in
order, keeping all else. That is done block by block, each small enough for the processor's cache, by
sixteen bits of the term and then by the others, for which NumPy counts instead of comparing. Its stable sort
then merges the blocks, which are runs in order.

Terms are inverted portion by portion: what it takes besides its results does not grow with the texts. The
results do, so there is to be room for them that is not memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.building.lexicon import Lexicon
from search.engines.whoosh.building.scratch import Room
from search.engines.whoosh.building.tokens import Tokens
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.spans import edges

_BLOCK: Final = 1 << 17
_PORTION: Final = 1 << 19
"""Tokens that are sorted at a time, and that are inverted at a time unless one term has more."""

_BITS: Final = 63
_HALF_OF_A_TERM: Final = 16


@dataclass(frozen=True, slots=True)
class _Layout:
    """How many bits of a token's number its document and its position take."""

    document: int
    position: int

    @classmethod
    def of(cls, terms: int, tokens: Tokens) -> _Layout:
        found = cls(len(tokens.lengths).bit_length(), int(tokens.lengths.max(initial=0)).bit_length())
        if terms.bit_length() + found.document + found.position > _BITS:
            raise ValueError("texts are too long to be indexed together")
        return found


@dataclass(slots=True)
class _Postings:
    """Postings as they come, of the first terms first: how many documents `have` each term, and which."""

    have: NDArray[np.int64]
    documents: NDArray[np.int32]
    count: int = 0

    @classmethod
    def of(cls, terms: int, most: int, room: Room) -> _Postings:
        return cls(np.zeros(terms, np.int64), room(most, np.int32))

    def add(self, postings: NDArray[np.int64], bits: int) -> slice:
        """Add postings, whose so many lower bits are documents; returns where they are now."""
        where = slice(self.count, self.count + len(postings))
        self.count = where.stop
        self.documents[where] = postings & ((1 << bits) - 1)
        terms = postings >> bits
        if len(terms):
            first = int(terms[0])
            counts = np.bincount(terms - first)
            self.have[first : first + len(counts)] += counts
        return where

    @property
    def found(self) -> NDArray[np.int32]:
        return self.documents[: self.count]


def invert(
    terms: Sequence[bytes],
    tokens: Tokens,
    places: NDArray[np.int64] | None = None,
    room: Room = np.empty,
) -> Inverted:
    """The postings of tokens, whose numbers are those of terms, with positions, in such room.

    With `places`, only the tokens there, which ascend; `tokens.numbers` then has numbers for these alone.
    Raises `ValueError` for more than 63 bits can say, which is no text that fits into memory.
    """
    layout, documents = _Layout.of(len(terms), tokens), tokens.documents(room)
    firsts = (np.arange(len(tokens.lengths)) << layout.position) - tokens.starts[:-1]
    postings = _Postings.of(len(terms), len(tokens.numbers), room)
    positions, frequencies = (room(len(tokens.numbers), np.int32) for _ in range(2))
    done = 0
    for chosen in _portions(tokens, len(terms)):
        standing = chosen if places is None else places[chosen]
        below = firsts[documents[standing]]
        below += standing
        keys = _in_order(tokens.numbers[chosen], below, layout.document + layout.position)
        positions[done : done + len(keys)] = keys & ((1 << layout.position) - 1)
        done += len(keys)
        keys >>= layout.position
        first = np.flatnonzero(_changes(keys))
        where = postings.add(keys[first], layout.document)
        frequencies[where] = np.diff(first, append=len(keys))
    lengths = tokens.lengths if places is None else _counted(documents[places], len(tokens.lengths))
    return Inverted(
        terms, edges(postings.have), postings.found, lengths, frequencies[: postings.count], positions
    )


def invert_words(lexicon: Lexicon, tokens: Tokens, room: Room = np.empty) -> Inverted:
    """Which documents have which words; a word with a stem to itself is not sorted but refers to it."""
    shares = np.append(lexicon.same_stem, -1)[lexicon.word_of] >= 0
    words = tokens.renumbered(np.where(shares, len(lexicon.words), lexicon.word_of), room)
    documents, bits = tokens.documents(room), len(tokens.lengths).bit_length()
    postings = _Postings.of(len(lexicon.words), len(words.numbers), room)
    for some in _portions(words, len(lexicon.words)):
        keys = _in_order(words.numbers[some], documents[some].astype(np.int64), bits)
        postings.add(keys[_changes(keys)], bits)
    return Inverted(
        lexicon.words, edges(postings.have), postings.found, tokens.lengths, same=lexicon.same_stem
    )


def _portions(tokens: Tokens, terms: int) -> Iterator[NDArray[np.int64]]:
    """Which tokens are to be inverted together: those of the first terms first. Greater numbers are none."""
    sums = edges(tokens.counts(terms + 1)[:terms])
    ends = np.flatnonzero(np.diff(sums[:-1] // _PORTION)) + 1
    for lower, upper in pairwise([0, *ends.tolist(), terms]):
        if sums[lower] < sums[upper]:
            yield tokens.between(lower, upper)


def _in_order(terms: NDArray[np.int32], below: NDArray[np.int64], bits: int) -> NDArray[np.int64]:
    """Each term with its number of so many bits below it, as one number; all in order, as `below` is."""
    keys = np.empty(len(terms), np.int64)
    for begin in range(0, len(terms), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        lower, upper = terms[block].astype(np.uint16), (terms[block] >> _HALF_OF_A_TERM).astype(np.uint16)
        order = np.argsort(lower, kind="stable")
        order = order[np.argsort(upper[order], kind="stable")]
        whole = terms[block].astype(np.int64) << bits
        whole |= below[block]
        keys[block] = whole[order]
    keys.sort(kind="stable")
    return keys


def _changes(numbers: Ints) -> NDArray[np.bool_]:
    """Where a number differs from the one before it."""
    changes = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=changes[1:])
    return changes


def _counted(numbers: Ints, count: int) -> NDArray[np.int32]:
    return np.bincount(numbers, minlength=count).astype(np.int32)
