"""The terms of a segment and their documents, by field: from texts and columns alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from whoosh.reading import TermInfo

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.evaluating.scoring import SCORED
from search.engines.whoosh.patterns.vocabulary import find
from search.engines.whoosh.reading.term_lists import ColumnTerms, TermList
from search.engines.whoosh.schema import SCHEMA
from search.engines.whoosh.segment.segment import FIELDS, Segment

_TEXTS: Final = tuple(name for name in FIELDS if name in SCHEMA)
_AT_ONCE: Final = 64
"""Terms that are read together where one is asked for after the other."""


class SegmentTerms:
    """What a segment has in the fields of the schema. Terms are numbered in order, field by field."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._columns = ColumnTerms(segment.columns).lists
        self._lists: dict[str, TermList] = {name: segment.fields[name] for name in _TEXTS}
        self.fields: Final = tuple(sorted((*_TEXTS, *self._columns)))

    def listed(self, name: str) -> TermList | None:
        """The terms of a field; None for one that is none of `fields`."""
        if name not in self._lists and name in self._columns:
            self._lists[name] = self._columns[name]()
        return self._lists.get(name)

    def of(self, name: str, first: bytes = b"") -> Iterator[bytes]:
        """The terms of a field in order, from this one on."""
        terms = self.listed(name)
        if terms is not None:
            for start in range(terms.first_from(first), len(terms), _AT_ONCE):
                yield from terms.terms(range(start, min(start + _AT_ONCE, len(terms))))

    def find(self, name: str, term: bytes) -> int:
        """The number of a term in its field; -1 where it is not."""
        terms = self.listed(name)
        return -1 if terms is None else find(terms, term)

    def postings(self, name: str, number: int) -> tuple[Ints, Ints]:
        """The documents of a term that was found, and how often each has it."""
        documents = self._lists[name].documents(number)
        if name in SCORED:
            return documents, self._segment.fields[name].frequencies(number)
        return documents, np.ones(len(documents), np.int32)

    def described(self, name: str, documents: Ints, frequencies: Ints) -> TermInfo:
        """What Whoosh wants to know of a term with these postings."""
        if not len(documents):
            raise ValueError(f"a term of {name} is in no document")
        lengths = self.lengths(name)[documents] if name in SCORED else np.ones(1, np.int32)
        return TermInfo(
            weight=float(frequencies.sum()),
            df=len(documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(frequencies.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def lengths(self, name: str) -> Ints:
        """How many terms each document has in a field; a single 0 where they are not counted."""
        return self._segment.fields[name].lengths if name in SCORED else np.zeros(1, np.int32)
