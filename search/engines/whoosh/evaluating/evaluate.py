"""Running a query on an index: what it finds in each segment, until the deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whoosh.query import Query

from search.engines.whoosh.evaluating.deadline import Deadline, DeadlinePassed
from search.engines.whoosh.evaluating.hits import NOTHING, Documents, Hits
from search.engines.whoosh.evaluating.index import Index
from search.engines.whoosh.evaluating.planning import Planner
from search.engines.whoosh.evaluating.run import Run


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in each segment, in their order. `partial` says that time ended the search."""

    segments: tuple[Hits, ...]
    partial: bool = False


def evaluate(
    query: Query,
    index: Index,
    deadline: Deadline,
    *,
    comments: bool = True,
    within: Sequence[Documents] | None = None,
) -> Found:
    """The documents that match any kind of Whoosh's queries, and their scores; deleted ones, too.

    Without `comments`, only what is said of posts is right: nobody asks which comments match as their
    posts do. Given `within`, only these documents of each segment are looked at, and nothing is scored.
    After the deadline a union of queries has what it found by then, and any other query nothing more.
    """
    planner = Planner(Run.of(index, deadline), comments=comments, scored=within is None)
    operator = planner.operator(query)
    segments = []
    for segment in range(len(index.segments)):
        try:
            segments.append(operator.hits(segment, None if within is None else within[segment]))
        except DeadlinePassed:
            segments.append(NOTHING)
    return Found(tuple(segments), deadline.passed)
