"""Reads the postings that `posting_arrays.py` describes, each term's where it lies."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import gt
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.segment import rice
from search.engines.whoosh.segment.bits import PADDING, unpack
from search.engines.whoosh.segment.field import Positions
from search.engines.whoosh.segment.posting_arrays import MILE, STRIDE, WORTH_MILESTONES, PostingArrays
from search.engines.whoosh.segment.shapes import FREQUENT
from search.engines.whoosh.segment.spans import edges, spans

_FEW: Final = 4
"""All positions of a term are read, unless at most one document in so many is asked for."""


class _Lists(NamedTuple):
    """The lists of a frequent term: in how many documents it is, how often, and their stream."""

    row: int
    have: int
    occur: int
    counts: tuple[int, int, int]
    lows: tuple[int, int, int]
    data: NDArray[np.uint8]

    def read(self, wanted: int, most: int) -> list[NDArray[np.int64]]:
        """The first so many, whose unary parts have so many bits at most."""
        return rice.decode(self.data, self.counts, self.lows, wanted, most)


class Postings:
    """Documents, counts and positions of terms by number; raises `ValueError` where they are damaged."""

    def __init__(self, arrays: PostingArrays) -> None:
        self.arrays = arrays
        self._shapes = arrays.shapes
        self._many = len(arrays.lengths)
        self._have, self._occur = arrays.table.documents, arrays.table.occurrences
        self._sizes = self._occur.astype(np.uint8).tobytes()

    def document_frequencies(self, numbers: Ints) -> NDArray[np.int64]:
        """In how many documents each term is; none for one without postings here."""
        chosen = self._shapes[numbers]
        found: NDArray[np.int64] = self._have[chosen]
        frequent = np.flatnonzero(chosen == FREQUENT)
        if len(frequent):
            found[frequent] = self.arrays.have[self._rows(np.asarray(numbers)[frequent])]
        return found

    def documents(self, number: int) -> NDArray[np.int32]:
        """The documents that have a term."""
        shape = self._shapes.item(number)
        if shape != FREQUENT:
            return self._rare_documents(number, shape)
        lists = self._lists_of(number)
        return self._documents(lists.read(1, self._most(lists))[0]).astype(np.int32)

    def frequencies(self, number: int) -> NDArray[np.int32]:
        """How often each of a term's documents has it."""
        shape = self._shapes.item(number)
        if shape != FREQUENT:
            if self._have.item(shape) == self._sizes[shape]:
                return np.ones(self._sizes[shape], np.int32)
            return np.diff(self._rare(number, shape)[2]).astype(np.int32)
        lists = self._lists_of(number)
        if lists.occur == lists.have:
            return np.ones(lists.have, np.int32)
        _, sums = lists.read(2, self._most(lists) + lists.occur)
        return np.diff(self._ends(lists, sums)).astype(np.int32)

    def positions(self, number: int, postings: Ints | None) -> Positions:
        """Where a term stands in all of its documents, or in those at these places among them."""
        shape = self._shapes.item(number)
        if shape != FREQUENT:
            places, documents, ends = self._rare(number, shape)
            places = places - np.repeat(self.arrays.offsets[documents], np.diff(ends))
            return _chosen(ends, places.astype(np.int32), postings)
        lists = self._lists_of(number)
        if postings is not None and lists.occur > WORTH_MILESTONES and len(postings) * _FEW <= lists.have:
            return self._some(lists, np.asarray(postings, np.int64))
        documents, sums, places = lists.read(3, len(lists.data) << 3)
        documents, ends = self._documents(documents), self._ends(lists, sums)
        before = places[ends[:-1] - 1]
        before[0] = 0
        if (places[ends[1:] - 1] - before > self.arrays.extents[documents]).any():
            raise ValueError("a term stands outside of its documents")
        places -= 1
        places -= np.repeat(before, np.diff(ends))
        return _chosen(ends, places.astype(np.int32), postings)

    def mark(self, numbers: NDArray[np.int64], found: Bools) -> None:
        """Set the entries of the documents that have any of these terms."""
        chosen = self._shapes[numbers]
        frequent = chosen == FREQUENT
        if frequent.any():
            found[self._frequent_documents(self._rows(numbers[frequent]))] = True
        rare = np.flatnonzero(~frequent)
        index = spans(self._starts(numbers[rare]), self._occur[chosen[rare]])
        found[self._documents_at(unpack(self.arrays.rare, index * self.arrays.width, self.arrays.width))] = (
            True
        )

    def _frequent_documents(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        streams = self.arrays.streams(rows)
        have = streams.lists[0].counts
        most = have + (np.maximum(self._many - have, 0) >> streams.lists[0].lows)
        (steps,) = rice.decode_all(self.arrays.lists, streams, 1, most)
        documents = rice.sums(steps, have) - 1
        if len(documents) and documents.max() >= self._many:
            raise ValueError("a term has documents that are not there")
        return documents

    def _rare(
        self, number: int, shape: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The places of a rare term, its documents, and where the places in each begin and all end."""
        places = np.array(self._rare_places(number, shape), np.int64)
        documents = self._rare_documents(number, shape).astype(np.int64)
        first = np.searchsorted(places, self.arrays.offsets[documents])
        return places, documents, np.append(first, len(places))

    def _rare_documents(self, number: int, shape: int) -> NDArray[np.int32]:
        """The documents of a rare term: so few that they are found one by one."""
        places, offsets = self._rare_places(number, shape), self.arrays.offsets.data
        if not places:
            return np.zeros(0, np.int32)
        if max(places) >= offsets[-1]:
            raise ValueError("a term stands outside of its documents")
        if self.arrays.places:
            places = [bisect_right(offsets, place) - 1 for place in places]
        distinct = list(dict.fromkeys(places))
        if len(distinct) != self._have.item(shape) or any(map(gt, places, places[1:])):
            raise ValueError("the documents of a term do not ascend")
        return np.array(distinct, np.int32)

    def _rare_places(self, number: int, shape: int) -> list[int]:
        stride = number // STRIDE
        before = sum(self._shapes[stride * STRIDE : number].tobytes().translate(self._sizes))
        wide, occur = self.arrays.width, self._sizes[shape]
        first = (self.arrays.rare_starts.item(stride) + before) * wide
        end = first + occur * wide
        if end >> 3 > len(self.arrays.rare) - PADDING:
            raise ValueError("the places of a rare term are not there")
        bits = int.from_bytes(self.arrays.rare[first >> 3 : (end + 7) >> 3].tobytes(), "little") >> (
            first & 7
        )
        mask = (1 << wide) - 1
        return [bits >> at & mask for at in range(0, occur * wide, wide)]

    def _documents_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The documents in which these places are."""
        if len(places) and places.max() >= self.arrays.offsets[-1]:
            raise ValueError("a term stands outside of its documents")
        if not self.arrays.places:
            return places
        return np.searchsorted(self.arrays.offsets, places, "right") - 1

    def _starts(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many places of rare terms there are before those of these terms."""
        strides, of = np.unique(numbers // STRIDE, return_inverse=True)
        last = max(len(self._shapes) - 1, 0)
        terms = np.minimum(strides[:, None] * STRIDE + np.arange(STRIDE), last)
        within = np.cumsum(self._occur[self._shapes[terms]], axis=1)
        at = numbers % STRIDE
        before = np.where(at > 0, within[of, at - 1], 0)
        return self.arrays.rare_starts[strides[of]].astype(np.int64) + before

    def _rows(self, numbers: Ints) -> NDArray[np.int64]:
        rows = np.searchsorted(self.arrays.frequent, numbers)
        if (rows >= len(self.arrays.frequent)).any() or (self.arrays.frequent[rows] != numbers).any():
            raise ValueError("a frequent term has no lists")
        return rows

    def _lists_of(self, number: int) -> _Lists:
        arrays = self.arrays
        row = bisect_left(arrays.frequent.data, number)
        if row == len(arrays.frequent) or arrays.frequent.item(row) != number:
            raise ValueError("a frequent term has no lists")
        have, occur, low = arrays.have.item(row), arrays.occur.item(row), arrays.lows.item(row)
        if not 0 < have <= min(occur, self._many):
            raise ValueError("a frequent term is in more documents than it can be")
        counted = have if occur > have else 0
        data = arrays.lists[arrays.list_starts.item(row) : arrays.list_starts.item(row + 1) + PADDING]
        counts = (have, counted, occur if arrays.places else 0)
        if sum(counts) > len(data) << 3:
            raise ValueError("a list is too short for its term")
        return _Lists(row, have, occur, counts, (low >> 4, rice.low_for(counted, occur), low & 15), data)

    def _most(self, lists: _Lists) -> int:
        """How many bits the unary part of the documents takes at most."""
        return lists.have + (self._many - lists.have >> lists.lows[0])

    def _documents(self, sums: NDArray[np.int64]) -> NDArray[np.int64]:
        """The documents, from the sums of the steps to them."""
        sums -= 1
        if sums.item(-1) >= self._many:
            raise ValueError("a term has documents that are not there")
        return sums

    def _ends(self, lists: _Lists, sums: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the occurrences in each document begin, and where the last ones end."""
        if lists.occur == lists.have:
            return np.arange(lists.have + 1)
        if sums.item(-1) != lists.occur:
            raise ValueError("a term does not occur as often as is said")
        return np.concatenate([np.zeros(1, np.int64), sums])

    def _some(self, lists: _Lists, postings: NDArray[np.int64]) -> Positions:
        """Positions in some documents, read without most of the others."""
        documents, sums = lists.read(2, self._most(lists) + lists.occur)
        documents, ends = self._documents(documents), self._ends(lists, sums)
        if not len(postings):
            return Positions(np.zeros(1, np.int64), np.zeros(0, np.int32))
        low_bits = [count * low for count, low in zip(lists.counts, lists.lows, strict=True)]
        first, last = self.arrays.mile_starts.item(lists.row), self.arrays.mile_starts.item(lists.row + 1)
        milestones = self.arrays.milestones[first:last].astype(np.int64) + sum(low_bits)
        if len(milestones) != -(-lists.occur // MILE):
            raise ValueError("a term has not the milestones it should have")
        part = rice.Part(sum(low_bits[:2]), lists.occur, lists.lows[2], milestones, MILE)
        times = (ends[1:] - ends[:-1])[postings]
        starts = edges(times)
        places = rice.sums(rice.decode_some(lists.data, part, spans(ends[postings], times)), times) - 1
        if (places[starts[1:] - 1] >= self.arrays.extents[documents[postings]]).any():
            raise ValueError("a term stands outside of its documents")
        return Positions(starts, places.astype(np.int32))


def _chosen(ends: Ints, places: NDArray[np.int32], postings: Ints | None) -> Positions:
    if postings is None:
        return Positions(ends, places)
    chosen = np.asarray(postings, np.int64)
    times = ends[chosen + 1] - ends[chosen]
    return Positions(edges(times), places[spans(ends[chosen], times)])
