"""Queries on arrays find and score what they say, document by document."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings, strategies
from whoosh import query as whoosh
from whoosh.query import Query, spans

from search.deadline import Deadline
from search.engines.whoosh.compiling.queries import AllOf, AnyOf, Constant, Near, Without
from search.engines.whoosh.evaluating.evaluate import evaluate
from search.engines.whoosh.evaluating.hits import Hits
from tests.search.engines.whoosh.evaluating.made import QUERIES, made_index
from tests.search.engines.whoosh.evaluating.reference import Reference, Scores
from tests.search.engines.whoosh.inverting import MadeIndex

NEVER = 1e9


@cache
def example(seed: int) -> tuple[MadeIndex, Reference]:
    index = made_index(seed)
    return index, Reference(index)


def found(query: Query, index: MadeIndex) -> Scores:
    """The scores of what is found, by number in the whole index."""
    scores: Scores = {}
    first = 0
    for segment, hits in zip(index.segments, evaluate(query, index, Deadline(NEVER)).segments, strict=True):
        assert list(hits.documents) == sorted(set(hits.documents.tolist()))
        scores |= {
            first + document: score
            for document, score in zip(hits.documents.tolist(), hits.scores.tolist(), strict=True)
        }
        first += segment.documents
    return scores


@pytest.mark.parametrize("worth", [0, 1, 64])
@settings(deadline=None, max_examples=300)
@given(seed=strategies.integers(0, 2), query=QUERIES)
def test_a_tree_of_queries_finds_what_it_says(worth: int, seed: int, query: Query) -> None:
    index, reference = example(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.engines.whoosh.evaluating.postings.WORTH", worth)
        compare(query, index, reference)


def compare(query: Query, index: MadeIndex, reference: Reference) -> None:
    assert found(query, index) == pytest.approx(reference.scores(query), rel=1e-5)


def body(*words: str) -> list[whoosh.Term]:
    return [whoosh.Term("body", word) for word in words]


@pytest.mark.parametrize(
    "query",
    [
        whoosh.FuzzyTerm("body", "are", maxdist=1, prefixlength=0),
        whoosh.Regex("body_word", "[ab]s?"),
        whoosh.Variations("body", "a"),
        whoosh.TermRange("tag", "sea", "tea"),
        whoosh.Otherwise(*body("unknown", "rare")),
        whoosh.Otherwise(*body("rare", "a")),
        spans.SpanNear2(body("a", "b"), slop=2),
        spans.SpanFirst(whoosh.Term("body", "b")),
        spans.SpanOr(body("rare", "e")),
        whoosh.Or([whoosh.Term("first_day", 5), whoosh.Term("body", "rare")]),
        whoosh.Term("unknown", "a"),
        whoosh.NullQuery,
        whoosh.And([]),
        whoosh.Or([]),
        Near("body", []),
    ],
)
def test_other_queries_find_what_whoosh_finds(query: Query) -> None:
    index, _ = example(1)
    searcher = index.searcher()
    expected = {
        offset + document
        for leaf, offset in searcher.leaf_searchers()
        for document in query.matcher(leaf, searcher.context()).all_ids()
    }
    assert set(found(query, index)) == expected


def test_nothing_but_posts_is_needed_where_comments_match_only_as_their_posts_do() -> None:
    index, _ = example(0)
    query = AllOf([Constant(whoosh.Term("tag", "war")), Constant(whoosh.NumericRange("first_day", 1, 9))])
    every = evaluate(query, index, Deadline(NEVER)).segments
    posts = evaluate(query, index, Deadline(NEVER), comments=False).segments
    for segment, hits, of_posts in zip(index.segments, every, posts, strict=True):
        assert [document for document in hits.documents if document < segment.columns.posts] == list(
            of_posts.documents
        )
        assert len(hits) >= len(of_posts)


class _Ticking:
    """A clock that goes on by a second each time it is looked at."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> float:
        self.seconds += 1
        return self.seconds


def partly(query: Query, looks: int) -> tuple[tuple[Hits, ...], bool]:
    """What is found when the deadline passes after the clock was looked at so many times."""
    index, _ = example(0)
    result = evaluate(query, index, Deadline(looks, _Ticking()))
    return result.segments, result.partial


@pytest.mark.parametrize("looks", range(1, 30))
def test_what_is_found_before_the_deadline_would_have_been_found_without_one(looks: int) -> None:
    index, _ = example(0)
    queries = [
        AnyOf([*body("a", "b"), Near("body", [("a",), ("b",)])]),
        AllOf([AnyOf(body("a", "b")), AnyOf(body("c", "d"))]),
        Without(AnyOf(body("a", "b")), AnyOf(body("c", "d"))),
        whoosh.Not(AnyOf(body("c", "d"))),
        spans.SpanFirst(whoosh.Term("body", "b")),
    ]
    for query in queries:
        every = evaluate(query, index, Deadline(NEVER))
        segments, partial = partly(query, looks)
        complete = all(len(some) == len(all_) for some, all_ in zip(segments, every.segments, strict=True))
        assert partial or complete
        for some, all_ in zip(segments, every.segments, strict=True):
            assert set(some.documents.tolist()) <= set(all_.documents.tolist())


def test_a_union_keeps_what_it_has_when_the_deadline_passes() -> None:
    segments, partial = partly(AnyOf(body("a", "b", "c")), 2)
    index, _ = example(0)
    assert partial
    for segment, hits in zip(index.segments, segments, strict=True):
        field = segment.fields["body"]
        assert hits.documents.tolist() == field.documents(field.find(b"a")).tolist()


def test_what_looks_at_segment_after_segment_keeps_what_it_found_when_the_deadline_passes() -> None:
    segments, partial = partly(whoosh.Every(), 2)
    index, _ = example(0)
    assert partial
    assert [len(hits) for hits in segments] == [index.segments[0].documents, 0, 0]
