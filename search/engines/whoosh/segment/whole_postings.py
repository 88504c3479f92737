"""Decodes all postings of a field at once, for merging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment import ascending
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.posting_arrays import PostingArrays, rare_sizes
from search.engines.whoosh.segment.shapes import DOCUMENTS, FREQUENT, NONE, OCCURRENCES
from search.engines.whoosh.segment.spans import edges, sizes, spans

Numbers = NDArray[np.int64]

_AT_ONCE: Final = 1 << 19
"""How many occurrences of frequent terms are decoded in one step, which bounds the memory for it."""


def whole(arrays: PostingArrays, terms: Sequence[bytes]) -> Inverted:
    """A field as it was written; raises `ValueError` where it is damaged."""
    field = _Whole(arrays)
    field.read_rare()
    field.read_frequent()
    if len(field.documents) and field.documents.max() >= len(arrays.lengths):
        raise ValueError("a term has documents that are not there")
    return Inverted(
        terms=terms,
        starts=field.starts,
        documents=field.documents,
        lengths=arrays.lengths.astype(np.int32),
        frequencies=field.times if arrays.counts else None,
        positions=field.positions if arrays.places else None,
    )


class _Whole:
    """A field that is filled, first from what is rare in it and then from what is frequent."""

    def __init__(self, arrays: PostingArrays) -> None:
        self._arrays = arrays
        shapes, self._frequent = arrays.shapes, arrays.frequent.astype(np.int64)
        self._have, self._occur = DOCUMENTS[shapes].astype(np.int64), OCCURRENCES[shapes].astype(np.int64)
        self._check()
        self._have[self._frequent], self._occur[self._frequent] = arrays.have, arrays.occur
        self.starts, self._places = edges(self._have), edges(self._occur)
        self.documents = np.zeros(self.starts[-1], np.int32)
        self.times = np.ones(self.starts[-1], np.int32)
        self.positions = np.zeros(self._occur.sum() if arrays.places else 0, np.int32)

    def _check(self) -> None:
        """Nothing is allocated that the file is too short to describe."""
        arrays = self._arrays
        have, occur = arrays.have.astype(np.int64), arrays.occur.astype(np.int64)
        taken = sizes(arrays.list_starts)
        if not np.array_equal(np.flatnonzero(arrays.shapes == FREQUENT), self._frequent):
            raise ValueError("other terms are frequent than are said to be")
        if (have < 1).any() or (have > np.minimum(occur, len(arrays.lengths))).any():
            raise ValueError("a term is in more documents than it can be")
        if (taken < 0).any() or arrays.list_starts[-1] > len(arrays.lists) or (occur > 8 * taken).any():
            raise ValueError("a list is too short for its term")

    def read_rare(self) -> None:
        """Take what lies in place."""
        rare, places = self._arrays.rare, self._arrays.places
        bounds = edges(rare_sizes(rare.itemsize, places=places)[self._arrays.shapes])
        if bounds[-1] > len(rare):
            raise ValueError("the postings of rare terms are not there")
        terms = np.flatnonzero((self._arrays.shapes != NONE) & (self._arrays.shapes != FREQUENT))
        start, have, occur = bounds[terms], self._have[terms], self._occur[terms]
        self.documents[spans(self.starts[terms], have)] = rare[spans(start, have)]
        some = np.flatnonzero(occur > have)
        counts = rare.view(np.uint8)[spans((start + have)[some] * rare.itemsize, have[some])]
        self.times[spans(self.starts[terms[some]], have[some])] = counts
        if places:
            self.positions[spans(self._places[terms], occur)] = rare[spans(bounds[terms + 1] - occur, occur)]

    def read_frequent(self) -> None:
        """Decode lists, and what they say of documents, how often, and where."""
        starts = self._arrays.list_starts[:-1].astype(np.int64)
        portions = edges(self._occur[self._frequent])[:-1] // _AT_ONCE
        for lists in np.split(np.arange(len(starts)), np.flatnonzero(sizes(portions)) + 1):
            self._read(lists, starts[lists])

    def _read(self, lists: Numbers, start: Numbers) -> None:
        """Read the terms of some lists, which are neighbours."""
        arrays, terms = self._arrays, self._frequent[lists]
        have, occur, ends = self._have[terms], self._occur[terms], arrays.list_starts[1:][lists]
        postings = spans(self.starts[terms], have)
        documents, start = self._lists(start, ends, have, np.full(len(terms), len(arrays.lengths)))
        self.documents[postings] = documents
        counted = np.where(occur > have, have, 0)
        sums, start = self._lists(start, ends, counted, occur)
        times = np.ones(len(postings), np.int64)
        times[np.repeat(occur > have, have)] = _steps(sums, counted)
        if (sizes(edges(times)[edges(have)]) != occur).any():
            raise ValueError("a term does not occur as often as is said")
        self.times[postings] = times
        if arrays.places:
            offsets = edges(arrays.extents[documents])
            bounds = offsets[edges(have)]
            places, _ = self._lists(start, ends, occur, sizes(bounds))
            places -= np.repeat(offsets[:-1] - np.repeat(bounds[:-1], have), times)
            if len(places) and (places.min() < 0 or (places >= np.repeat(sizes(offsets), times)).any()):
                raise ValueError("a term stands outside of its documents")
            self.positions[spans(self._places[terms], occur)] = places

    def _lists(
        self, starts: Numbers, limits: Ints, counts: Numbers, universes: Numbers
    ) -> tuple[Numbers, Numbers]:
        """The numbers of lists, and where they end: not beyond the limits."""
        ends = starts + ascending.sizes(counts, universes)
        if (ends > limits).any():
            raise ValueError("a list is too short for its term")
        return ascending.decode_lists(self._arrays.lists, starts, counts, universes), ends


def _steps(sums: Numbers, counts: Numbers) -> Numbers:
    """By how much each number is more than the one before it, in lists that begin after -1."""
    steps = np.diff(sums, prepend=-1)
    first = edges(counts)[:-1][counts > 0]
    steps[first] = sums[first] + 1
    return steps
