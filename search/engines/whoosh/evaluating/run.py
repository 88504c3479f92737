"""One search of an index: what is searched, where postings come from, and when it has to end."""

from __future__ import annotations

from dataclasses import dataclass

from search.engines.whoosh.evaluating.deadline import Deadline
from search.engines.whoosh.evaluating.index import Index
from search.engines.whoosh.evaluating.postings import Postings
from search.engines.whoosh.segment.segment import Segment


@dataclass(frozen=True, slots=True)
class Run:
    """What the operators of one search share."""

    index: Index
    deadline: Deadline
    postings: Postings

    @classmethod
    def of(cls, index: Index, deadline: Deadline) -> Run:
        """A search that begins now."""
        return cls(index, deadline, Postings(index))

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments searched."""
        return self.index.segments
