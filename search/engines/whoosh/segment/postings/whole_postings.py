"""Decodes all postings of a field at once, for merging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.postings import rice
from search.engines.whoosh.segment.postings.bits import unpack_run
from search.engines.whoosh.segment.postings.posting_arrays import PostingArrays
from search.engines.whoosh.segment.postings.shapes import FREQUENT
from search.engines.whoosh.segment.spans import edges, sizes, spans

Numbers = NDArray[np.int64]

_AT_ONCE: Final = 1 << 17
"""How many occurrences of frequent terms are decoded in one step: few enough to stay near the processor."""


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
        self._have, self._occur = arrays.table.documents[shapes], arrays.table.occurrences[shapes]
        self._check()
        self._have[self._frequent], self._occur[self._frequent] = arrays.have, arrays.occur
        self.starts, self._places = edges(self._have), edges(self._occur)
        self.documents = np.zeros(self.starts[-1], np.int32)
        self.times = np.ones(self.starts[-1], np.int32)
        self.positions = np.zeros(self._occur.sum() if arrays.places else 0, np.int32)

    def _check(self) -> None:
        """Nothing is allocated that the file is too short to describe."""
        arrays = self._arrays
        if not np.array_equal(np.flatnonzero(arrays.shapes == FREQUENT), self._frequent):
            raise ValueError("other terms are frequent than are said to be")
        streams = arrays.streams(np.arange(len(self._frequent)))
        taken = (streams.ends - streams.starts) << 3
        if (np.sum([each.counts for each in streams.lists], axis=0) > taken).any():
            raise ValueError("a list is too short for its term")

    def read_rare(self) -> None:
        """Read all places of rare terms, which follow one another."""
        arrays, offsets = self._arrays, self._arrays.offsets
        occur = arrays.table.occurrences[arrays.shapes]
        places = unpack_run(arrays.rare, 0, int(occur.sum()), arrays.width)
        if len(places) and places.max() >= offsets[-1]:
            raise ValueError("a term stands outside of its documents")
        documents = np.searchsorted(offsets, places, "right") - 1
        begins = np.diff(documents, prepend=-1) != 0
        begins[edges(occur)[:-1][occur > 0]] = True
        first = np.flatnonzero(begins)
        terms = np.flatnonzero(occur)
        if (sizes(edges(begins)[edges(occur)])[terms] != self._have[terms]).any():
            raise ValueError("a term is not in as many documents as is said")
        postings = spans(self.starts[terms], self._have[terms])
        self.documents[postings] = documents[first]
        self.times[postings] = np.diff(first, append=len(places))
        if arrays.places:
            self.positions[spans(self._places[terms], occur[terms])] = places - offsets[documents]

    def read_frequent(self) -> None:
        """Decode lists, and what they say of documents, how often, and where."""
        portions = edges(self._occur[self._frequent])[:-1] // _AT_ONCE
        for rows in np.split(np.arange(len(portions)), np.flatnonzero(sizes(portions)) + 1):
            self._read(rows)

    def _read(self, rows: Numbers) -> None:
        """Read the terms of some lists, which are neighbours."""
        arrays, terms = self._arrays, self._frequent[rows]
        have, occur = self._have[terms], self._occur[terms]
        streams = arrays.streams(rows)
        found = rice.decode_all(arrays.lists, streams, len(streams.lists))
        postings = spans(self.starts[terms], have)
        self.documents[postings] = documents = rice.sums(found[0], have) - 1
        times = np.ones(len(postings), np.int64)
        times[np.repeat(occur > have, have)] = found[1]
        if (sizes(edges(times)[edges(have)]) != occur).any():
            raise ValueError("a term does not occur as often as is said")
        self.times[postings] = times
        if arrays.places:
            places = rice.sums(found[2], times) - 1
            if (
                places[np.cumsum(times) - 1] >= arrays.extents[documents.clip(0, len(arrays.extents) - 1)]
            ).any():
                raise ValueError("a term stands outside of its documents")
            self.positions[spans(self._places[terms], occur)] = places
