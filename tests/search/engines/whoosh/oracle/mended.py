"""Whoosh 3.54 without those of its faults that random queries run into, each by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from whoosh import query as whoosh
from whoosh.matching import ListMatcher, Matcher
from whoosh.matching.binary import AndMaybeMatcher
from whoosh.query import Query
from whoosh.reading import IndexReader

from search.engines.whoosh.compiling.queries import Constant, Without


@contextmanager
def mended() -> Iterator[None]:
    """Whoosh as it is meant, for as long as this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        # By the size of a segment, `Or` may add up scores in an array. There, documents that score 0 are
        # lost, and all score 1 where the terms of a pattern would otherwise score what they do.
        patch.setattr(whoosh.Or, "matcher_type", whoosh.Or.DEFAULT_MATCHER)
        # It lets the first document pass where the excluded ones begin before it.
        patch.setattr(whoosh.AndNot, "matcher", _all_but)
        # Of the next documents of two queries, either scores the higher of both scores.
        patch.setattr(whoosh.DisjunctionMax, "matcher", _highest)
        # It goes on to the next document behind the excluded ones without looking whether that is deleted.
        patch.setattr(whoosh.Not, "matcher", _others)
        # Going on to a document, it takes what may be there to that one, even if what has to be is beyond.
        patch.setattr(AndMaybeMatcher, "skip_to", _skip_both)
        # Some queries, those of spans among them, cannot say how much they find, which `And` and `Or` ask.
        patch.setattr(Query, "estimate_size", _at_most)
        patch.setattr(whoosh.And, "estimate_size", _at_most)
        yield


def _all_but(query: whoosh.AndNot, searcher: Any, context: Any = None) -> Matcher:
    return Without(query.a, query.b).matcher(searcher, context)


def _others(query: whoosh.Not, searcher: Any, context: Any = None) -> Matcher:
    return Constant(Without(whoosh.Every(), query.query), 1.0).matcher(searcher, context)


def _skip_both(matcher: AndMaybeMatcher, document: int) -> None:
    matcher.a.skip_to(document)
    if matcher.a.is_active() and matcher.b.is_active():
        matcher.b.skip_to(matcher.a.id())


def _highest(query: whoosh.DisjunctionMax, searcher: Any, context: Any = None) -> Matcher:
    best: dict[int, float] = {}
    for subquery in query.subqueries:
        matching = subquery.matcher(searcher, context)
        while matching.is_active():
            best[matching.id()] = max(matching.score(), best.get(matching.id(), 0.0))
            matching.next()
    documents = sorted(best)
    boost = query.boost if len(query.subqueries) > 1 else 1.0
    return ListMatcher(documents, weights=[boost * best[document] for document in documents])


def _at_most(query: Query, reader: IndexReader) -> int:
    return reader.doc_count_all()
