"""Operators for words of running text: one term, or any of many."""

from __future__ import annotations

from collections.abc import Sequence

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.evaluating.hits import Documents, Hits, common, constant
from search.engines.whoosh.evaluating.operators.operator import BySegment, Operator
from search.engines.whoosh.evaluating.run import Run
from search.engines.whoosh.evaluating.scoring import SCORED


class TermIn(Operator):
    """The documents that have a term in a field of text. `boost` is 0 where scores are of no interest."""

    __slots__ = ("_boost", "_fieldname", "_found", "_run")

    def __init__(self, run: Run, fieldname: str, term: bytes, boost: float) -> None:
        self._run = run
        self._fieldname = fieldname
        self._boost = boost
        self._found = run.postings.find(fieldname, term)
        self.size = self._found.frequency

    def hits(self, within: Documents | None = None) -> Hits:
        """Its postings, scored by BM25F."""
        self._run.deadline.check()
        postings, found = self._run.postings, self._found
        documents = postings.documents(self._fieldname, found)
        if self._boost and self._fieldname in SCORED:
            hits = Hits(documents, postings.scores(self._fieldname, found, self._boost))
        else:
            hits = constant(documents, self._boost)
        if within is None:
            return hits
        return hits.take(common(documents, within, self._run.numbering.documents)[0])


class AnyTermIn(BySegment):
    """The documents that have any of many terms of a field, each with the same score.

    `numbers` are the terms' in each segment.
    """

    __slots__ = ("_fieldname", "_numbers")

    def __init__(self, run: Run, fieldname: str, numbers: Sequence[Ints], score: float) -> None:
        super().__init__(run, score)
        self._fieldname = fieldname
        self._numbers = numbers
        # Too many rather than too few: to tell how many documents there are is to look for them.
        self.size = run.numbering.documents if any(map(len, numbers)) else 0

    def documents(self, segment: int, within: Documents | None) -> Documents:
        """One pass over the postings of all the terms."""
        found = self._run.postings.documents_of_any(self._fieldname, segment, self._numbers[segment])
        if within is None:
            return found
        return found.take(common(found, within, self._run.segments[segment].documents)[0])
