"""Reads the postings that `postings.py` describes, each term's where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.segment import ascending
from search.engines.whoosh.segment.field import Positions
from search.engines.whoosh.segment.posting_arrays import STRIDE, PostingArrays, rare_sizes
from search.engines.whoosh.segment.shapes import DOCUMENTS, FREQUENT, OCCURRENCES
from search.engines.whoosh.segment.spans import edges, spans

_FEW: Final = 4
"""All positions of a term are read, unless at most one document in so many is asked for,"""
_MANY: Final = 8_192
"""and it occurs more often than this: to read some takes as long as to read so many."""


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of a frequent term: in how many documents it is, how often, and their bytes."""

    have: int
    occur: int
    data: NDArray[np.uint8]


class Postings:
    """Documents, counts and positions of terms by number; raises `ValueError` where they are damaged."""

    def __init__(self, arrays: PostingArrays) -> None:
        self.arrays = arrays
        self._shapes, self._rare, self._rare_starts = arrays.shapes, arrays.rare, arrays.rare_starts
        self._many = len(arrays.lengths)
        self._sizes = rare_sizes(arrays.rare.itemsize, places=arrays.places)
        self._size_bytes = self._sizes.astype(np.uint8).tobytes()

    def document_frequencies(self, numbers: Ints) -> NDArray[np.int64]:
        """In how many documents each term is; none for one without postings here."""
        chosen = self._shapes[numbers]
        found: NDArray[np.int64] = DOCUMENTS[chosen].astype(np.int64)
        frequent = np.flatnonzero(chosen == FREQUENT)
        if len(frequent):
            found[frequent] = self.arrays.have[self._rows(np.asarray(numbers)[frequent])]
        return found

    def documents(self, number: int) -> NDArray[np.int32]:
        """The documents that have a term."""
        shape = self._shapes.item(number)
        if shape == FREQUENT:
            lists = self._lists_of(number)
            return ascending.decode(lists.data, lists.have, self._many).astype(np.int32)
        found = self._rare_numbers(number)[: DOCUMENTS.item(shape)].astype(np.int32)
        self._check(found)
        return found

    def frequencies(self, number: int) -> NDArray[np.int32]:
        """How often each of a term's documents has it."""
        shape = self._shapes.item(number)
        if shape == FREQUENT:
            return np.diff(self._ends(self._lists_of(number))).astype(np.int32)
        return self._rare_counts(shape, self._rare_numbers(number))

    def positions(self, number: int, postings: Ints | None) -> Positions:
        """Where a term stands in all of its documents, or in those at these places among them."""
        shape = self._shapes.item(number)
        if shape == FREQUENT:
            return self._frequent_positions(self._lists_of(number), postings)
        numbers = self._rare_numbers(number)
        ends = edges(self._rare_counts(shape, numbers))
        occur = OCCURRENCES.item(shape)
        if ends[-1] != occur:
            raise ValueError("a term does not occur as often as is said")
        places = numbers[len(numbers) - occur :].astype(np.int32)
        return _chosen(ends, places, postings)

    def mark(self, numbers: NDArray[np.int64], found: Bools) -> None:
        """Set the entries of the documents that have any of these terms."""
        chosen = self._shapes[numbers]
        frequent = chosen == FREQUENT
        if frequent.any():
            found[self._frequent_documents(self._rows(numbers[frequent]))] = True
        rare = np.flatnonzero(~frequent)
        places = spans(self._starts(numbers[rare]), DOCUMENTS[chosen[rare]].astype(np.int64))
        if len(places) and places.max() >= len(self._rare):
            raise ValueError("the postings of a term are not there")
        documents = self._rare[places]
        if len(documents) and documents.max() >= self._many:
            raise ValueError("a term has documents that are not there")
        found[documents] = True

    def _frequent_documents(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        have = self.arrays.have[rows].astype(np.int64)
        many = np.full(len(rows), self._many)
        starts, ends = (
            self.arrays.list_starts[rows].astype(np.int64),
            self.arrays.list_starts[rows + 1].astype(np.int64),
        )
        if (have > many).any() or (
            starts + ascending.sizes(have, many) > np.minimum(ends, len(self.arrays.lists))
        ).any():
            raise ValueError("a frequent term is in more documents than it can be")
        return ascending.decode_lists(self.arrays.lists, starts, have, many)

    def _check(self, documents: NDArray[np.int32]) -> None:
        count = len(documents)
        if count and (documents[-1] >= self._many or (count > 1 and (documents[1:] <= documents[:-1]).any())):
            raise ValueError("the documents of a term do not ascend, or are not there")

    def _starts(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where in `rare` the postings of terms begin."""
        strides, of = np.unique(numbers // STRIDE, return_inverse=True)
        last = max(len(self._shapes) - 1, 0)
        terms = np.minimum(strides[:, None] * STRIDE + np.arange(STRIDE), last)
        within = np.cumsum(self._sizes[self._shapes[terms]], axis=1)
        at = numbers % STRIDE
        before = np.where(at > 0, within[of, at - 1], 0)
        return self._rare_starts[strides[of]].astype(np.int64) + before

    def _rare_numbers(self, number: int) -> NDArray[Any]:
        """All that `rare` has of a term."""
        stride = number // STRIDE
        before = self._shapes[stride * STRIDE : number].tobytes().translate(self._size_bytes)
        start = self._rare_starts.item(stride) + sum(before)
        end = start + self._sizes.item(self._shapes.item(number))
        if end > len(self._rare):
            raise ValueError("the postings of a term are not there")
        return self._rare[start:end]

    def _rare_counts(self, shape: int, numbers: NDArray[Any]) -> NDArray[np.int32]:
        have = DOCUMENTS.item(shape)
        if OCCURRENCES.item(shape) == have:
            return np.ones(have, np.int32)
        return numbers[have:].view(np.uint8)[:have].astype(np.int32)

    def _rows(self, numbers: Ints) -> NDArray[np.int64]:
        rows = np.searchsorted(self.arrays.frequent, numbers)
        if (rows >= len(self.arrays.frequent)).any() or (self.arrays.frequent[rows] != numbers).any():
            raise ValueError("a frequent term has no lists")
        return rows

    def _lists_of(self, number: int) -> _Lists:
        row = int(np.searchsorted(self.arrays.frequent, number))
        if row == len(self.arrays.frequent) or self.arrays.frequent.item(row) != number:
            raise ValueError("a frequent term has no lists")
        data = self.arrays.lists[self.arrays.list_starts.item(row) : self.arrays.list_starts.item(row + 1)]
        lists = _Lists(self.arrays.have.item(row), self.arrays.occur.item(row), data)
        if not 0 < lists.have <= min(lists.occur, self._many):
            raise ValueError("a frequent term is in more documents than it can be")
        return lists

    def _ends(self, lists: _Lists) -> NDArray[np.int64]:
        """Where the occurrences in each document begin, and where the last ones end."""
        if lists.occur == lists.have:
            return np.arange(lists.have + 1)
        data = lists.data[ascending.size(lists.have, self._many) :]
        ends = np.zeros(lists.have + 1, np.int64)
        ends[1:] = ascending.decode(data, lists.have, lists.occur)
        ends[1:] += 1
        if ends[-1] != lists.occur:
            raise ValueError("a term does not occur as often as is said")
        return ends

    def _frequent_positions(self, lists: _Lists, postings: Ints | None) -> Positions:
        documents = ascending.decode(lists.data, lists.have, self._many)
        ends, offsets = self._ends(lists), edges(self.arrays.extents[documents])
        before = ascending.size(lists.have, self._many)
        if lists.occur > lists.have:
            before += ascending.size(lists.have, lists.occur)
        data = lists.data[before:]
        if postings is not None and lists.occur > _MANY and len(postings) * _FEW <= lists.have:
            return _some(data, ends, offsets, postings)
        places = ascending.decode(data, lists.occur, int(offsets[-1]))
        if (places[ends[:-1]] < offsets[:-1]).any() or (places[ends[1:] - 1] >= offsets[1:]).any():
            raise ValueError("a term stands outside of its documents")
        places -= np.repeat(offsets[:-1], np.diff(ends))
        return _chosen(ends, places.astype(np.int32), postings)


def _some(
    data: NDArray[np.uint8], ends: NDArray[np.int64], offsets: NDArray[np.int64], postings: Ints
) -> Positions:
    """Positions in some documents, read without the others."""
    chosen = _asked_for(postings, len(ends) - 1)
    times = np.diff(ends)[chosen]
    if not len(chosen):
        return Positions(np.zeros(1, np.int64), np.zeros(0, np.int32))
    parts = ascending.Parts(ends[chosen], times, offsets[chosen], offsets[chosen + 1])
    places = ascending.decode_parts(data, int(ends[-1]), int(offsets[-1]), parts)
    places -= np.repeat(parts.least, times)
    return Positions(edges(times), places.astype(np.int32))


def _chosen(ends: Ints, places: NDArray[np.int32], postings: Ints | None) -> Positions:
    if postings is None:
        return Positions(ends, places)
    chosen = _asked_for(postings, len(ends) - 1)
    times = ends[chosen + 1] - ends[chosen]
    return Positions(edges(times), places[spans(ends[chosen], times)])


def _asked_for(postings: Ints, count: int) -> NDArray[np.int64]:
    chosen = np.asarray(postings, np.int64)
    if len(chosen) and chosen[-1] >= count:
        raise ValueError(f"a term is in {count:,} documents and not in as many as are asked for")
    return chosen
