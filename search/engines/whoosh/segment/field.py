"""What every reader of a field may ask, whether it lies on disk or was just inverted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.spans import edges, spans


@dataclass(frozen=True, slots=True)
class Positions:
    """Where a term stands in some documents.

    Those of the i-th document asked for are `places[starts[i]:starts[i + 1]]`, ascending, from 0.
    """

    starts: Ints
    places: NDArray[np.int32]

    def of(self, documents: Ints | None) -> Self:
        """Only those in the documents at these places among them; all for None."""
        if documents is None:
            return self
        chosen = np.asarray(documents, np.int64)
        begin = self.starts[chosen]
        times = self.starts[chosen + 1] - begin
        return type(self)(edges(times), self.places[spans(begin, times)])


class Field(Protocol):
    """The terms of one field in one segment, numbered in the order of their UTF-8, and their postings.

    A posting is one document of a term. Document numbers are the segment's own, from 0. Arrays that come
    back may be shared and are not to be changed. Safe for many threads.
    """

    def __len__(self) -> int:
        """How many terms there are."""
        ...

    @property
    def lengths(self) -> Ints:
        """How many terms each document has in the field, repeated ones counted. One entry a document."""
        ...

    def find(self, term: bytes) -> int:
        """The number of a term; -1 for one that is not there."""
        ...

    def first_from(self, term: bytes) -> int:
        """The number of the first term that does not sort before this one; `len` where all do."""
        ...

    def terms(self, numbers: range) -> list[bytes]:
        """The terms of these consecutive numbers."""
        ...

    def document_frequencies(self, numbers: Sequence[int] | Ints) -> Ints:
        """In how many documents each of these terms is."""
        ...

    def documents(self, number: int) -> NDArray[np.int32]:
        """The documents that have a term, ascending."""
        ...

    def frequencies(self, number: int) -> NDArray[np.int32]:
        """How often each of a term's documents has it; ones in a field that does not count."""
        ...

    def positions(self, number: int, postings: Ints | None = None) -> Positions:
        """Where a term stands, in all of its documents or in those at these places of `documents`, ascending.

        Raises `LookupError` in a field without positions.
        """
        ...

    def documents_of_any(self, numbers: Sequence[int] | Ints) -> NDArray[np.int32]:
        """The documents that have any of these terms, ascending: one pass over all of their postings."""
        ...

    def inverted(self) -> Inverted:
        """All of it, decoded at once, for merging: a field written from this is this field again.

        `same` still means the other field of this segment. For a caller that reads the whole field: takes
        the memory of all postings and positions, and far less time than term by term.
        """
        ...
