"""The same query through Whoosh's own searcher and through the evaluator."""

from __future__ import annotations

from collections.abc import Mapping

from whoosh.query import Query
from whoosh.searching import Searcher

from search.deadline import Deadline
from search.engines.whoosh.evaluating.evaluate import evaluate
from search.engines.whoosh.publishing.snapshot import Snapshot

Scores = Mapping[int, float]
"""What each document that is found scores, by its number in the whole index."""

NEVER = 1e9


def by_whoosh(query: Query, searcher: Searcher) -> Scores:
    """What Whoosh finds."""
    found = searcher.search(query, limit=None)
    return {document: score for score, document in found.top_n}


def by_evaluator(query: Query, snapshot: Snapshot) -> Scores:
    """What the evaluator finds that is not deleted."""
    scores: dict[int, float] = {}
    first = 0
    found = evaluate(query, snapshot, Deadline(NEVER))
    for segment, deleted, hits in zip(snapshot.segments, snapshot.deleted, found.segments, strict=True):
        for document, score in zip(hits.documents.tolist(), hits.scores.tolist(), strict=True):
            if deleted is None or not deleted[document]:
                scores[first + document] = score
        first += segment.documents
    return scores
