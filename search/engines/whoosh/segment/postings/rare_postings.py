"""Reads the postings of rare terms: so few places that they are taken one by one."""

from __future__ import annotations

from bisect import bisect_right
from operator import gt

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.field import Positions
from search.engines.whoosh.segment.postings.bits import PADDING, unpack
from search.engines.whoosh.segment.postings.posting_arrays import STRIDE, PostingArrays
from search.engines.whoosh.segment.spans import spans


class RarePostings:
    """The postings of terms whose shape says it all; raises `ValueError` where they are damaged."""

    def __init__(self, arrays: PostingArrays) -> None:
        self._arrays = arrays
        self._shapes = arrays.shapes
        self._have, self._occur = arrays.table.documents, arrays.table.occurrences
        self._sizes = self._occur.astype(np.uint8).tobytes()

    def documents(self, number: int, shape: int) -> NDArray[np.int32]:
        """The documents that have a term of this shape."""
        places, offsets = self._places(number, shape), self._arrays.offsets.data
        if not places:
            return np.zeros(0, np.int32)
        if max(places) >= offsets[-1]:
            raise ValueError("a term stands outside of its documents")
        if self._arrays.places:
            places = [bisect_right(offsets, place) - 1 for place in places]
        distinct = list(dict.fromkeys(places))
        if len(distinct) != self._have.item(shape) or any(map(gt, places, places[1:])):
            raise ValueError("the documents of a term do not ascend")
        return np.array(distinct, np.int32)

    def frequencies(self, number: int, shape: int) -> NDArray[np.int32]:
        """How often each of its documents has it."""
        if self._have.item(shape) == self._sizes[shape]:
            return np.ones(self._sizes[shape], np.int32)
        return np.diff(self._by_document(number, shape)[2]).astype(np.int32)

    def positions(self, number: int, shape: int, postings: Ints | None) -> Positions:
        """Where it stands in all of its documents, or in those at these places among them."""
        places, documents, ends = self._by_document(number, shape)
        places = places - np.repeat(self._arrays.offsets[documents], np.diff(ends))
        return Positions(ends, places.astype(np.int32)).of(postings)

    def documents_of_any(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The documents of several terms, one term's after the other's."""
        index = spans(self._starts(numbers), self._occur[self._shapes[numbers]])
        places = unpack(self._arrays.rare, index * self._arrays.width, self._arrays.width)
        if len(places) and places.max() >= self._arrays.offsets[-1]:
            raise ValueError("a term stands outside of its documents")
        if not self._arrays.places:
            return places
        return np.searchsorted(self._arrays.offsets, places, "right") - 1

    def _by_document(
        self, number: int, shape: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The places of a term, its documents, and where the places in each begin and all end."""
        places = np.array(self._places(number, shape), np.int64)
        documents = self.documents(number, shape).astype(np.int64)
        first = np.searchsorted(places, self._arrays.offsets[documents])
        return places, documents, np.append(first, len(places))

    def _places(self, number: int, shape: int) -> list[int]:
        stride = number // STRIDE
        before = sum(self._shapes[stride * STRIDE : number].tobytes().translate(self._sizes))
        wide, occur = self._arrays.width, self._sizes[shape]
        first = (self._arrays.rare_starts.item(stride) + before) * wide
        end = first + occur * wide
        if end >> 3 > len(self._arrays.rare) - PADDING:
            raise ValueError("the places of a rare term are not there")
        taken = self._arrays.rare[first >> 3 : (end + 7) >> 3].tobytes()
        bits = int.from_bytes(taken, "little") >> (first & 7)
        mask = (1 << wide) - 1
        return [bits >> at & mask for at in range(0, occur * wide, wide)]

    def _starts(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many places of rare terms there are before those of these terms."""
        strides, of = np.unique(numbers // STRIDE, return_inverse=True)
        last = max(len(self._shapes) - 1, 0)
        terms = np.minimum(strides[:, None] * STRIDE + np.arange(STRIDE), last)
        within = np.cumsum(self._occur[self._shapes[terms]], axis=1)
        at = numbers % STRIDE
        before = np.where(at > 0, within[of, at - 1], 0)
        return self._arrays.rare_starts[strides[of]].astype(np.int64) + before
