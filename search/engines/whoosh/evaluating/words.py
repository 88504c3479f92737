"""Operators for words of running text: one term, or any of many."""

from __future__ import annotations

from collections.abc import Sequence

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.evaluating.hits import NOTHING, Documents, Hits, common, constant
from search.engines.whoosh.evaluating.operator import Operator
from search.engines.whoosh.evaluating.run import Run
from search.engines.whoosh.evaluating.scoring import SCORED, bm25, rarity


class TermIn(Operator):
    """The documents that have a term in a field of text. `boost` is 0 where scores are of no interest."""

    __slots__ = ("_average", "_boost", "_fieldname", "_found", "_run", "_weight")

    def __init__(self, run: Run, fieldname: str, term: bytes, boost: float) -> None:
        self._run = run
        self._fieldname = fieldname
        self._boost = boost
        self._found = run.postings.find(fieldname, term)
        self.size = self._found.frequency
        if scored := boost and fieldname in SCORED:
            self._average = run.index.statistics.average(fieldname)
            self._weight = boost * rarity(run.index.statistics.documents, self.size)
        else:
            self._weight = scored

    def hits(self, segment: int, within: Documents | None = None) -> Hits:
        """Its postings, scored by BM25F."""
        self._run.deadline.check()
        if self._found.numbers[segment] < 0:
            return NOTHING
        documents = self._run.postings.documents(self._fieldname, self._found, segment)
        places = None
        if within is not None:
            places = common(documents, within, self._run.segments[segment].documents)[0]
            documents = documents.take(places)
        if not self._weight:
            return constant(documents, self._boost)
        frequencies = self._run.postings.frequencies(self._fieldname, self._found, segment)
        if places is not None:
            frequencies = frequencies.take(places)
        lengths = self._run.segments[segment].fields[self._fieldname].lengths.take(documents)
        return Hits(documents, bm25(frequencies, lengths, self._average, self._weight))


class AnyTermIn(Operator):
    """The documents that have any of many terms of a field, each with the same score.

    `numbers` are the terms' in each segment.
    """

    __slots__ = ("_fieldname", "_numbers", "_run", "_score")

    def __init__(self, run: Run, fieldname: str, numbers: Sequence[Ints], score: float) -> None:
        self._run = run
        self._fieldname = fieldname
        self._numbers = numbers
        self._score = score
        self.size = sum(
            min(int(segment.fields[fieldname].document_frequencies(chosen).sum()), segment.documents)
            for segment, chosen in zip(self._run.segments, numbers, strict=True)
        )

    def hits(self, segment: int, within: Documents | None = None) -> Hits:
        """One pass over the postings of all the terms."""
        self._run.deadline.check()
        if not len(self._numbers[segment]):
            return NOTHING
        field = self._run.segments[segment].fields[self._fieldname]
        documents = field.documents_of_any(self._numbers[segment])
        if within is not None:
            documents = documents.take(common(documents, within, self._run.segments[segment].documents)[0])
        return constant(documents, self._score)
