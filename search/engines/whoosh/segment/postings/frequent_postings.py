"""Reads the postings of frequent terms: lists of documents, of how often, and of positions."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.field import Positions
from search.engines.whoosh.segment.postings import rice
from search.engines.whoosh.segment.postings.bits import PADDING
from search.engines.whoosh.segment.postings.posting_arrays import MILE, WORTH_MILESTONES, PostingArrays
from search.engines.whoosh.segment.spans import edges, spans

_FEW: Final = 4
"""All positions of a term are read, unless at most one document in so many is asked for."""


class _Lists(NamedTuple):
    """The lists of a term: in how many documents it is, how often, and their stream."""

    row: int
    have: int
    occur: int
    counts: tuple[int, int, int]
    lows: tuple[int, int, int]
    data: NDArray[np.uint8]

    def read(self, wanted: int, most: int) -> list[NDArray[np.int64]]:
        """The first so many, whose unary parts have so many bits at most."""
        return rice.decode(self.data, self.counts, self.lows, wanted, most)


class FrequentPostings:
    """The postings of terms that have lists; raises `ValueError` where they are damaged."""

    def __init__(self, arrays: PostingArrays) -> None:
        self._arrays = arrays
        self._many = len(arrays.lengths)

    def document_frequencies(self, numbers: NDArray[np.int64]) -> Ints:
        """In how many documents each of these terms is."""
        return self._arrays.have[self._rows(numbers)]

    def documents(self, number: int) -> NDArray[np.int32]:
        """The documents that have a term."""
        lists = self._lists_of(number)
        return self._documents(lists.read(1, self._most(lists))[0]).astype(np.int32)

    def frequencies(self, number: int) -> NDArray[np.int32]:
        """How often each of its documents has it."""
        lists = self._lists_of(number)
        if lists.occur == lists.have:
            return np.ones(lists.have, np.int32)
        _, sums = lists.read(2, self._most(lists) + lists.occur)
        return np.diff(self._ends(lists, sums)).astype(np.int32)

    def positions(self, number: int, postings: Ints | None) -> Positions:
        """Where it stands in all of its documents, or in those at these places among them."""
        lists = self._lists_of(number)
        if postings is not None and lists.occur > WORTH_MILESTONES and len(postings) * _FEW <= lists.have:
            return self._some(lists, np.asarray(postings, np.int64))
        documents, sums, places = lists.read(3, len(lists.data) << 3)
        documents, ends = self._documents(documents), self._ends(lists, sums)
        before = places[ends[:-1] - 1]
        before[0] = 0
        if (places[ends[1:] - 1] - before > self._arrays.extents[documents]).any():
            raise ValueError("a term stands outside of its documents")
        places -= 1
        places -= np.repeat(before, np.diff(ends))
        return Positions(ends, places.astype(np.int32)).of(postings)

    def documents_of_any(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The documents of several terms, one term's after the other's."""
        streams = self._arrays.streams(self._rows(numbers))
        have = streams.lists[0].counts
        most = have + (np.maximum(self._many - have, 0) >> streams.lists[0].lows)
        (steps,) = rice.decode_all(self._arrays.lists, streams, 1, most)
        documents = rice.sums(steps, have) - 1
        if len(documents) and documents.max() >= self._many:
            raise ValueError("a term has documents that are not there")
        return documents

    def _rows(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        rows = np.searchsorted(self._arrays.frequent, numbers)
        if (rows >= len(self._arrays.frequent)).any() or (self._arrays.frequent[rows] != numbers).any():
            raise ValueError("a frequent term has no lists")
        return rows

    def _lists_of(self, number: int) -> _Lists:
        arrays = self._arrays
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
        first, last = self._arrays.mile_starts.item(lists.row), self._arrays.mile_starts.item(lists.row + 1)
        milestones = self._arrays.milestones[first:last].astype(np.int64) + sum(low_bits)
        if len(milestones) != -(-lists.occur // MILE):
            raise ValueError("a term has not the milestones it should have")
        part = rice.Part(sum(low_bits[:2]), lists.occur, lists.lows[2], milestones, MILE)
        times = (ends[1:] - ends[:-1])[postings]
        starts = edges(times)
        places = rice.sums(rice.decode_some(lists.data, part, spans(ends[postings], times)), times) - 1
        if (places[starts[1:] - 1] >= self._arrays.extents[documents[postings]]).any():
            raise ValueError("a term stands outside of its documents")
        return Positions(starts, places.astype(np.int32))
