"""A segment of arrays is to Whoosh what its own segment of the same documents is."""

from __future__ import annotations

import numpy as np
import pytest
from whoosh.query import And, NumericRange, Phrase, Prefix, Query, Term
from whoosh.query.spans import SpanNear
from whoosh.reading import IndexReader, TermNotFound
from whoosh.searching import Searcher

from search.engines.whoosh.reading.reader import ArrayReader, searcher_over
from search.engines.whoosh.schema import SCHEMA, TEXT_BOOSTS
from tests.search.engines.whoosh.inverting import MadeIndex, Said, Written

POSTS = [
    [
        Written(("rains",), ("the", "rain", "rains"), 730_000, 730_030, {"tag": ["war", "weather"]}),
        Written((), ("snow", "falls"), values={"author": ["jo low"]}, comments=[Said(("rain",), "ann lee")]),
        Written(("zoë",), (), 730_010, comments=[Said((), ""), Said(("the", "snow", "snow"), "jo")]),
    ],
    [Written(("snow",), ("the", "rain"), 729_000, values={"tag": ["war"], "language": ["en"]})],
]
INDEX = MadeIndex(POSTS)
STOCK, OURS = INDEX.searcher(), searcher_over(INDEX.segments, [None, None])

QUERIES: list[Query] = [
    Term("body", "rain"),
    Term("title", "snow", boost=2.0),
    Phrase("body", ["the", "rain"]),
    SpanNear(Term("body", "the"), Term("body", "snow"), slop=2),
    Prefix("body_word", "rai"),
    NumericRange("first_day", 730_000, 730_010),
    And([Term("tag", "war"), Term("kind", "post")]),
    Term("commenter_word", "lee"),
    Term("post", "a2"),
]


def leaves(searcher: Searcher) -> list[IndexReader]:
    """The readers of a searcher's segments."""
    return [leaf.reader() for leaf, _ in searcher.leaf_searchers()]


def found(searcher: Searcher, query: Query) -> list[tuple[int, float]]:
    """All documents that match, and their scores."""
    results = []
    for leaf, offset in searcher.leaf_searchers():
        matching = query.matcher(leaf, searcher.context())
        while matching.is_active():
            results.append((offset + matching.id(), matching.score()))
            matching.next()
    return results


@pytest.mark.parametrize("name", sorted(SCHEMA.names()))
def test_every_field_has_the_same_terms_in_the_same_documents(name: str) -> None:
    for stock, ours in zip(leaves(STOCK), leaves(OURS), strict=True):
        assert list(ours.lexicon(name)) == list(stock.lexicon(name))
        for term in ours.lexicon(name):
            assert list(ours.postings(name, term).all_ids()) == list(stock.postings(name, term).all_ids())
            assert ours.doc_frequency(name, term) == stock.doc_frequency(name, term)
            assert ours.frequency(name, term) == stock.frequency(name, term)


@pytest.mark.parametrize("name", TEXT_BOOSTS)
def test_positions_are_the_same(name: str) -> None:
    for stock, ours in zip(leaves(STOCK), leaves(OURS), strict=True):
        for term in ours.lexicon(name):
            mine, theirs = ours.postings(name, term), stock.postings(name, term)
            while mine.is_active():
                assert mine.value_as("positions") == theirs.value_as("positions")
                mine.next()
                theirs.next()


@pytest.mark.parametrize("query", QUERIES, ids=repr)
def test_whooshs_queries_find_the_same(query: Query) -> None:
    mine, theirs = found(OURS, query), found(STOCK, query)
    assert mine
    assert [document for document, _ in mine] == [document for document, _ in theirs]
    np.testing.assert_allclose([score for _, score in mine], [score for _, score in theirs], rtol=1e-6)


def test_deleted_documents_are_not_found_but_counted() -> None:
    gone = np.array([True, *[False] * (INDEX.segments[0].documents - 1)])
    reader = ArrayReader(INDEX.segments[0], gone)
    assert 0 not in list(reader.postings("body", "rain").all_ids())
    assert 0 in list(ArrayReader(INDEX.segments[0]).postings("body", "rain").all_ids())
    assert reader.doc_frequency("body", "rain") == ArrayReader(INDEX.segments[0]).doc_frequency(
        "body", "rain"
    )
    assert (reader.doc_count_all(), reader.doc_count()) == (6, 5)
    assert reader.has_deletions()
    assert list(reader.all_doc_ids()) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("name", "term"), [("body", "hail"), ("tag", "peace"), ("unknown", "rain")])
def test_a_term_that_is_not_there_is_said_not_to_be(name: str, term: str) -> None:
    reader = ArrayReader(INDEX.segments[0])
    with pytest.raises(TermNotFound):
        reader.postings(name, term)


def test_an_index_without_segments_has_nothing() -> None:
    assert found(searcher_over([], []), Term("body", "rain")) == []
