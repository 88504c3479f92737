"""One search of an index: what is searched, where postings come from, and when it has to end."""

from __future__ import annotations

from dataclasses import dataclass

from search.deadline import Deadline
from search.engines.whoosh.evaluating.numbering import Numbering
from search.engines.whoosh.evaluating.postings import Postings
from search.engines.whoosh.index import Index
from search.engines.whoosh.segment.segment import Segment


@dataclass(frozen=True, slots=True)
class Run:
    """What the operators of one search share."""

    index: Index
    deadline: Deadline
    numbering: Numbering
    postings: Postings

    @classmethod
    def of(cls, index: Index, deadline: Deadline) -> Run:
        """A search that begins now."""
        numbering = index.cache.get(
            ("numbering",), lambda: Numbering.of(segment.columns for segment in index.segments)
        )
        return cls(index, deadline, numbering, Postings(index, numbering))

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments searched."""
        return self.index.segments
