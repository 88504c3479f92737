"""Reads the postings that `posting_arrays.py` describes, each term's where it lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.segment.field import Positions
from search.engines.whoosh.segment.postings.frequent_postings import FrequentPostings
from search.engines.whoosh.segment.postings.posting_arrays import PostingArrays
from search.engines.whoosh.segment.postings.rare_postings import RarePostings
from search.engines.whoosh.segment.postings.shapes import FREQUENT


class Postings:
    """Documents, counts and positions of terms by number; raises `ValueError` where they are damaged."""

    def __init__(self, arrays: PostingArrays) -> None:
        self.arrays = arrays
        self._shapes = arrays.shapes
        self._rare, self._frequent = RarePostings(arrays), FrequentPostings(arrays)

    def document_frequencies(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """In how many documents each term is; none for one without postings here."""
        chosen = self._shapes[numbers]
        found: NDArray[np.int64] = self.arrays.table.documents[chosen]
        frequent = np.flatnonzero(chosen == FREQUENT)
        if len(frequent):
            found[frequent] = self._frequent.document_frequencies(numbers[frequent])
        return found

    def documents(self, number: int) -> NDArray[np.int32]:
        """The documents that have a term."""
        shape = self._shapes.item(number)
        return self._frequent.documents(number) if shape == FREQUENT else self._rare.documents(number, shape)

    def frequencies(self, number: int) -> NDArray[np.int32]:
        """How often each of a term's documents has it."""
        shape = self._shapes.item(number)
        if shape == FREQUENT:
            return self._frequent.frequencies(number)
        return self._rare.frequencies(number, shape)

    def positions(self, number: int, postings: Ints | None) -> Positions:
        """Where a term stands in all of its documents, or in those at these places among them."""
        shape = self._shapes.item(number)
        if shape == FREQUENT:
            return self._frequent.positions(number, postings)
        return self._rare.positions(number, shape, postings)

    def mark(self, numbers: NDArray[np.int64], found: Bools) -> None:
        """Set the entries of the documents that have any of these terms."""
        frequent = self._shapes[numbers] == FREQUENT
        if frequent.any():
            found[self._frequent.documents_of_any(numbers[frequent])] = True
        found[self._rare.documents_of_any(numbers[~frequent])] = True
