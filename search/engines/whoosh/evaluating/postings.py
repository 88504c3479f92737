"""Where the evaluator gets a term's postings from: decoded once, and kept as long as there is room."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.evaluating.hits import NO_DOCUMENTS, Documents, common
from search.engines.whoosh.evaluating.index import Index
from search.engines.whoosh.evaluating.numbering import Numbering
from search.engines.whoosh.evaluating.places import Layout, Places
from search.engines.whoosh.evaluating.scoring import bm25, rarity

_Array = TypeVar("_Array", bound=NDArray[Any])

PLACES_KEPT_TO: Final = 131_072
"""Documents up to which a term's places are kept: of many posts, a few words' would fill all room."""

LOPSIDED: Final = 64
"""From how many times as many documents on a few of them are worth decoding apart from all."""

_ENTRY: Final = 400
"""Bytes that keeping an array takes beside its own."""


@dataclass(frozen=True, slots=True)
class _Kept(Generic[_Array]):
    array: _Array

    @property
    def nbytes(self) -> int:
        return self.array.nbytes + _ENTRY


@dataclass(frozen=True, slots=True)
class Found:
    """A term by its number in each segment's field, -1 where it is not, and in how many documents it is."""

    numbers: tuple[int, ...]
    frequencies: tuple[int, ...]

    @property
    def frequency(self) -> int:
        """In how many documents of all segments."""
        return sum(self.frequencies)

    @property
    def nbytes(self) -> int:
        """About what it takes in a cache."""
        return _ENTRY + 72 * len(self.numbers)


class Postings:
    """The postings of the terms of one index, decoded once: documents of all segments, and their scores."""

    __slots__ = ("_index", "_numbering")

    def __init__(self, index: Index, numbering: Numbering) -> None:
        self._index = index
        self._numbering = numbering

    def find(self, fieldname: str, term: bytes) -> Found:
        """Look a term up in every segment."""
        return self._index.cache.get(("term", fieldname, term), lambda: self._find(fieldname, term))

    def documents(self, fieldname: str, found: Found) -> Documents:
        """The documents of a term in all segments, which are kept."""

        def decode() -> Documents:
            several = [
                NO_DOCUMENTS if number < 0 else segment.fields[fieldname].documents(number)
                for segment, number in zip(self._index.segments, found.numbers, strict=True)
            ]
            return self._numbering.joined(several)

        return self._kept(("documents", fieldname, found.numbers), decode)

    def documents_in(self, fieldname: str, found: Found, segment: int) -> Documents:
        """The documents of a term in one segment, by their numbers there."""
        first = sum(found.frequencies[:segment])
        documents = self.documents(fieldname, found)[first : first + found.frequencies[segment]]
        return documents - np.int32(self._numbering.starts[segment])

    def scores(self, fieldname: str, found: Found, boost: float) -> NDArray[np.float32]:
        """What each document of a term scores for it, which is the same in every query, and is kept."""

        def score() -> NDArray[np.float32]:
            statistics, average = self._index.statistics, self._index.statistics.average(fieldname)
            weight = boost * rarity(statistics.documents, found.frequency)
            scored = [np.zeros(0, np.float32)]
            for place, number in enumerate(found.numbers):
                if number >= 0:
                    field = self._index.segments[place].fields[fieldname]
                    lengths = field.lengths.take(self.documents_in(fieldname, found, place))
                    scored.append(bm25(field.frequencies(number), lengths, average, weight))
            return np.concatenate(scored)

        return self._kept(("scores", fieldname, found.numbers, boost), score)

    def layout(self, fieldname: str, segment: int) -> Layout:
        """Where each document's text begins in a field, which is kept."""
        field = self._index.segments[segment].fields[fieldname]
        return self._index.cache.get(("layout", segment, fieldname), lambda: Layout.of(field.lengths))

    def are_places_worth(self, found: Found, segment: int, documents: int) -> bool:
        """Whether all places of a term in a segment are worth decoding, for those in so many documents."""
        return found.frequency <= PLACES_KEPT_TO and LOPSIDED * documents > found.frequencies[segment]

    def places(self, fieldname: str, found: Found, segment: int, layout: Layout) -> Places:
        """All places of a term that is in the segment, which are kept."""

        def decode() -> Places:
            field, number = self._index.segments[segment].fields[fieldname], found.numbers[segment]
            documents = self.documents_in(fieldname, found, segment)
            return layout.places(documents, field.positions(number))

        return self._kept(("places", segment, fieldname, found.numbers[segment]), decode)

    def places_in(
        self, fieldname: str, found: Found, segment: int, layout: Layout, documents: Documents
    ) -> Places:
        """The places of a term in some documents of a segment that has it."""
        listed = self.documents_in(fieldname, found, segment)
        postings, among = common(listed, documents, self._index.segments[segment].documents)
        positions = (
            self._index.segments[segment].fields[fieldname].positions(found.numbers[segment], postings)
        )
        return layout.places(documents.take(among), positions)

    def _kept(self, key: Hashable, decode: Callable[[], _Array]) -> _Array:
        return self._index.cache.get(key, lambda: _Kept(decode())).array

    def _find(self, fieldname: str, term: bytes) -> Found:
        numbers, frequencies = [], []
        for segment in self._index.segments:
            field = segment.fields[fieldname]
            number = field.find(term)
            numbers.append(number)
            frequencies.append(int(field.document_frequencies((number,))[0]) if number >= 0 else 0)
        return Found(tuple(numbers), tuple(frequencies))
