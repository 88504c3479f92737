"""Running a query on an index: what it finds until the deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from whoosh.query import Query

from search.deadline import Deadline, DeadlinePassed
from search.engines.whoosh.evaluating.hits import Documents, Hits, any_of
from search.engines.whoosh.evaluating.numbering import Numbering
from search.engines.whoosh.evaluating.planning import Planner
from search.engines.whoosh.evaluating.run import Run
from search.engines.whoosh.index import Index


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in all segments: documents in any of several lists, which score the sum of theirs.

    `partial` says that time ended the search.
    """

    parts: Sequence[Hits]
    numbering: Numbering
    partial: bool = False

    @property
    def hits(self) -> Hits:
        """What was found as one list."""
        return any_of(self.parts, self.numbering.documents)

    @property
    def segments(self) -> tuple[Hits, ...]:
        """What was found in each segment, by the documents' numbers there."""
        hits = self.hits
        parts = self.numbering.split(hits.documents)
        ends = accumulate(map(len, parts))
        return tuple(
            Hits(part, hits.scores[end - len(part) : end]) for part, end in zip(parts, ends, strict=True)
        )


def evaluate(
    query: Query,
    index: Index,
    deadline: Deadline,
    *,
    comments: bool = True,
    within: Documents | None = None,
) -> Found:
    """The documents that match any kind of Whoosh's queries, and their scores; deleted ones, too.

    Without `comments`, only what is said of posts is right: nobody asks which comments match as their
    posts do. Given `within`, only these documents are looked at, and nothing is scored.
    After the deadline a union of queries has what it found by then, and what looks at one segment after the
    other what it found in those before; any other query has nothing more.
    """
    run = Run.of(index, deadline)
    try:
        parts = Planner(run, comments=comments, scored=within is None).operator(query).parts(within)
    except DeadlinePassed:
        parts = []
    return Found(parts, run.numbering, deadline.passed)
