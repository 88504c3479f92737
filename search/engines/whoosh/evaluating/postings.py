"""Where the evaluator gets a term's postings from: decoded once, and kept as long as there is room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.evaluating.hits import NO_DOCUMENTS, Documents, common
from search.engines.whoosh.evaluating.numbering import Numbering
from search.engines.whoosh.evaluating.places import Layout, Places, PlaceSet
from search.engines.whoosh.evaluating.scoring import bm25, rarity
from search.engines.whoosh.index import Index

PLACES_KEPT_TO: Final = 131_072
"""Documents up to which a term's places are kept: of many posts, a few words' would fill all room."""

WORTH: Final = 64
"""Where places were asked for in one of so many of a term's documents, in all, the others are worth it."""


@dataclass(slots=True)
class _Asked:
    """In how many documents a term's places were asked for. Two threads may count as one: it is a guess."""

    documents: int = 0

    @property
    def nbytes(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class Found:
    """A term by its number in each segment's field, -1 where it is not, and in how many documents it is:
    in those of each segment, and in all.
    """

    numbers: tuple[int, ...]
    frequencies: tuple[int, ...]
    frequency: int

    @property
    def nbytes(self) -> int:
        """About what it takes in a cache."""
        return 72 * len(self.numbers)


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

        return self._index.cache.get(("documents", fieldname, found.numbers), decode)

    def documents_in(self, fieldname: str, found: Found, segment: int) -> Documents:
        """The documents of a term in one segment, by their numbers there."""
        first = sum(found.frequencies[:segment])
        documents = self.documents(fieldname, found)[first : first + found.frequencies[segment]]
        return documents - np.int32(self._numbering.starts[segment])

    def documents_of_any(self, fieldname: str, segment: int, numbers: Ints) -> Documents:
        """The documents of a segment that have any of these terms, which ascend: what a pattern means.

        They are kept like those of one term: whoever types a word, turns a page or narrows the results down
        asks for them again.
        """
        field = self._index.segments[segment].fields[fieldname]
        if not len(numbers):
            return NO_DOCUMENTS
        first, last = int(numbers[0]), int(numbers[-1])
        # Words that begin alike have consecutive numbers.
        which = last if last - first + 1 == len(numbers) else numbers.tobytes()
        return self._index.cache.get(
            ("any", fieldname, segment, first, which), lambda: field.documents_of_any(numbers)
        )

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

        return self._index.cache.get(("scores", fieldname, found.numbers, boost), score)

    def layout(self, fieldname: str) -> Layout:
        """Where each document's text begins in a field, which is kept."""
        fields = [segment.fields[fieldname] for segment in self._index.segments]
        return self._index.cache.get(
            ("layout", fieldname), lambda: Layout.of(np.concatenate([field.lengths for field in fields]))
        )

    def are_places_worth(self, fieldname: str, found: Found, documents: int) -> bool:
        """Whether all places of a term are worth decoding, now that those in so many documents are asked for.

        A word's places in a few documents are decoded again each time, until that has cost about as much as
        to decode and keep all: so no query pays for what others may ask.
        """
        asked = self._index.cache.get(("asked", fieldname, found.numbers), _Asked)
        asked.documents += documents
        return found.frequency <= PLACES_KEPT_TO and WORTH * asked.documents > found.frequency

    def places(self, fieldname: str, found: Found, layout: Layout) -> Places:
        """All places of a term, which are kept."""
        return self._index.cache.get(
            ("places", fieldname, found.numbers), lambda: self._places(fieldname, found, layout)
        )

    def place_set(self, fieldname: str, found: Found, layout: Layout) -> Places | PlaceSet:
        """All places of a term, which are kept: as a set where they are very many."""

        def decode() -> Places | PlaceSet:
            places = self._places(fieldname, found, layout)
            return PlaceSet.of(places, layout) if layout.is_dense(places) else places

        return self._index.cache.get(("place set", fieldname, found.numbers), decode)

    def places_in(self, fieldname: str, found: Found, layout: Layout, documents: Documents) -> Places:
        """The places of a term in some documents."""
        several = [np.zeros(0, layout.starts.dtype)]
        for segment, some in enumerate(self._numbering.split(documents)):
            if len(some) and found.frequencies[segment]:
                listed = self.documents_in(fieldname, found, segment)
                field = self._index.segments[segment].fields[fieldname]
                postings, among = common(listed, some, self._index.segments[segment].documents)
                numbered = some.take(among) + np.int32(self._numbering.starts[segment])
                several.append(layout.places(numbered, field.positions(found.numbers[segment], postings)))
        return np.concatenate(several)

    def _places(self, fieldname: str, found: Found, layout: Layout) -> Places:
        documents, first = self.documents(fieldname, found), 0
        several = [np.zeros(0, layout.starts.dtype)]
        for segment, number, count in zip(
            self._index.segments, found.numbers, found.frequencies, strict=True
        ):
            if count:
                positions = segment.fields[fieldname].positions(number)
                several.append(layout.places(documents[first : first + count], positions))
                first += count
        return np.concatenate(several)

    def _find(self, fieldname: str, term: bytes) -> Found:
        numbers, frequencies = [], []
        for segment in self._index.segments:
            field = segment.fields[fieldname]
            number = field.find(term)
            numbers.append(number)
            frequencies.append(int(field.document_frequencies((number,))[0]) if number >= 0 else 0)
        return Found(tuple(numbers), tuple(frequencies), sum(frequencies))
