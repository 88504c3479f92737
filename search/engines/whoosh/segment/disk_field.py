"""A field that lies on disk: its dictionary, its postings, and which of them are another field's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.field import Positions
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.postings.encoding import encode_postings
from search.engines.whoosh.segment.postings.posting_arrays import PostingArrays
from search.engines.whoosh.segment.postings.postings_reader import Postings
from search.engines.whoosh.segment.postings.same import Same
from search.engines.whoosh.segment.postings.whole_postings import whole
from search.engines.whoosh.segment.terms.dictionary import Dictionary
from search.engines.whoosh.segment.terms.part import Part


def field_arrays(
    name: str, inverted: Inverted, others: int
) -> tuple[dict[str, NDArray[Any]], dict[str, int]]:
    """A field as arrays and facts to be written into a file; `same` means a field of `others` terms."""
    arrays = {f"{name}.{part}": array for part, array in encode_postings(inverted).items()}
    if inverted.same is not None:
        arrays |= Same.of(inverted.same, arrays[f"{name}.shapes"], others).arrays(name)
    facts = {
        f"{name}.count": len(inverted.terms),
        f"{name}.counts": int(inverted.frequencies is not None),
        f"{name}.places": int(inverted.positions is not None),
        f"{name}.same": int(inverted.same is not None),
    }
    return arrays, facts


class DiskField:
    """`Field` for arrays that are mapped from a file, searched and decoded where they lie.

    Raises `ValueError` when it is opened or asked, where the file is damaged.
    """

    def __init__(
        self,
        file: ArrayFile,
        name: str,
        dictionary: Dictionary | Part,
        documents: int,
        same_as: DiskField | None = None,
    ) -> None:
        self._dictionary = dictionary
        terms = len(self._dictionary)
        self._postings = Postings(PostingArrays.read(file, name, terms, documents))
        self._same_as = same_as if file.fact(f"{name}.same") else None
        shapes = self._postings.arrays.shapes
        self._same = Same.read(file, name, shapes, len(self._same_as)) if self._same_as is not None else None

    def __len__(self) -> int:
        return len(self._dictionary)

    @property
    def lengths(self) -> Ints:
        """How many terms each document has in the field."""
        return self._postings.arrays.lengths

    def find(self, term: bytes) -> int:
        """The number of a term, or -1."""
        return self._dictionary.find(term)

    def first_from(self, term: bytes) -> int:
        """The number of the first term that does not sort before this one."""
        return self._dictionary.first_from(term)

    def terms(self, numbers: range) -> list[bytes]:
        """The terms of consecutive numbers."""
        return self._dictionary.terms(numbers)

    def document_frequencies(self, numbers: Sequence[int] | Ints) -> Ints:
        """In how many documents each of these terms is."""
        chosen = np.asarray(numbers, np.int64)
        found = self._postings.document_frequencies(chosen)
        if self._same is not None and self._same_as is not None:
            same = self._same[chosen]
            elsewhere = np.flatnonzero(same >= 0)
            found[elsewhere] = self._same_as.document_frequencies(same[elsewhere])
        return found

    def documents(self, number: int) -> NDArray[np.int32]:
        """The documents that have a term, ascending."""
        if self._same is not None and self._same_as is not None:
            same = int(self._same[np.array([number])][0])
            if same >= 0:
                return self._same_as.documents(same)
        return self._postings.documents(number)

    def frequencies(self, number: int) -> NDArray[np.int32]:
        """How often each of a term's documents has it; ones in a field that does not count."""
        if not self._postings.arrays.counts:
            return np.ones(len(self.documents(number)), np.int32)
        return self._postings.frequencies(number)

    def positions(self, number: int, postings: Ints | None = None) -> Positions:
        """Where a term stands, in all or in some of its documents; `LookupError` without positions."""
        if not self._postings.arrays.places:
            raise LookupError("this field has no positions")
        return self._postings.positions(number, postings)

    def documents_of_any(self, numbers: Sequence[int] | Ints) -> NDArray[np.int32]:
        """The documents that have any of these terms, ascending."""
        found = np.zeros(len(self.lengths), np.bool_)
        chosen = np.asarray(numbers, np.int64)
        if self._same is not None and self._same_as is not None:
            same = self._same[chosen]
            found[self._same_as.documents_of_any(np.unique(same[same >= 0]))] = True
            chosen = chosen[same < 0]
        self._postings.mark(chosen, found)
        return np.flatnonzero(found).astype(np.int32)

    def inverted(self) -> Inverted:
        """All of it, decoded at once, for merging."""
        found = whole(self._postings.arrays, self.terms(range(len(self))))
        if self._same is None:
            return found
        return replace(found, same=self._same[np.arange(len(self))].astype(np.int32))
