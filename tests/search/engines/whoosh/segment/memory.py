"""A field that was just inverted, asked like one that lies on disk: plain arrays and no codes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.field import Field, Positions
from search.engines.whoosh.segment.inverted import Inverted


class MemoryField:
    """`Field` for an `Inverted`. `same_as` is the field whose terms `Inverted.same` means, if it has any."""

    def __init__(self, inverted: Inverted, same_as: Field | None = None) -> None:
        self._inverted = inverted
        self._same_as = same_as
        frequencies = inverted.frequencies
        count = len(inverted.documents)
        self._frequencies = np.ones(count, np.int32) if frequencies is None else frequencies
        self._ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(self._frequencies, dtype=np.int64)])

    def __len__(self) -> int:
        return len(self._inverted.terms)

    @property
    def lengths(self) -> Ints:
        """How many terms each document has in the field."""
        return self._inverted.lengths

    def find(self, term: bytes) -> int:
        """The number of a term, or -1."""
        number = self.first_from(term)
        return number if number < len(self) and self._inverted.terms[number] == term else -1

    def first_from(self, term: bytes) -> int:
        """The number of the first term that does not sort before this one."""
        return bisect_left(self._inverted.terms, term)

    def terms(self, numbers: range) -> list[bytes]:
        """The terms of consecutive numbers."""
        return list(self._inverted.terms[numbers.start : numbers.stop])

    def document_frequencies(self, numbers: Sequence[int] | Ints) -> Ints:
        """In how many documents each of these terms is."""
        chosen = np.asarray(numbers, np.int64)
        starts = self._inverted.starts
        found: Ints = starts[chosen + 1] - starts[chosen]
        same = self._inverted.same
        if same is not None and self._same_as is not None:
            elsewhere = same[chosen] >= 0
            found[elsewhere] = self._same_as.document_frequencies(same[chosen[elsewhere]])
        return found

    def documents(self, number: int) -> NDArray[np.int32]:
        """The documents that have a term, ascending."""
        same = self._inverted.same
        if same is not None and self._same_as is not None and same[number] >= 0:
            return self._same_as.documents(int(same[number]))
        return self._inverted.documents[self._postings(number)]

    def frequencies(self, number: int) -> NDArray[np.int32]:
        """How often each of a term's documents has it; ones in a field that does not count."""
        if self._inverted.frequencies is None:
            return np.ones(len(self.documents(number)), np.int32)
        return self._frequencies[self._postings(number)]

    def positions(self, number: int, postings: Ints | None = None) -> Positions:
        """Where a term stands, in all or in some of its documents; `LookupError` without positions."""
        places = self._inverted.positions
        if places is None:
            raise LookupError("this field has no positions")
        first, last = self._inverted.starts[number], self._inverted.starts[number + 1]
        chosen = np.arange(first, last) if postings is None else first + np.asarray(postings, np.int64)
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(self._frequencies[chosen], dtype=np.int64)])
        moved = np.repeat(self._ends[chosen] - starts[:-1], self._frequencies[chosen])
        return Positions(starts, places[moved + np.arange(starts[-1])])

    def documents_of_any(self, numbers: Sequence[int] | Ints) -> NDArray[np.int32]:
        """The documents that have any of these terms, ascending."""
        found = np.zeros(len(self.lengths), np.bool_)
        for number in numbers:
            found[self.documents(int(number))] = True
        return np.flatnonzero(found).astype(np.int32)

    def inverted(self) -> Inverted:
        """What the field was made of."""
        return self._inverted

    def _postings(self, number: int) -> slice:
        return slice(int(self._inverted.starts[number]), int(self._inverted.starts[number + 1]))
