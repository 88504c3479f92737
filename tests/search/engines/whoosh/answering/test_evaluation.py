"""Requests: which comments count, what browsing reads, and what is said when time is over."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from search.deadline import Deadline
from search.engine import Generation
from search.engines.whoosh.answering.evaluation import answer, find
from search.engines.whoosh.cache import Cache
from search.engines.whoosh.columns.columns import Columns
from search.engines.whoosh.compiling.compiler import Compiler
from search.engines.whoosh.compiling.evidence import evidence, needs_evidence
from search.engines.whoosh.evaluating.evaluate import evaluate
from search.engines.whoosh.patterns.expansion import Expansion
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.query.parser import parse
from search.request import Filters, SearchRequest, Sort, ValueFilter
from tests.search.engines.whoosh.evaluating.made import made_index

NEVER = 1e9


@cache
def snapshot() -> Snapshot:
    index = made_index(5)
    deleted = (None,) * len(index.segments)
    columns = Columns.join(index.segments, deleted)
    generation = Generation("made", columns.posts, columns.comments, "digest")
    return Snapshot(
        generation, index.segments, deleted, columns, index.statistics, Cache(), marks=frozenset()
    )


QUERIES = """a | -a | a OR -b | after:0001 OR c | title:a OR tag:war | as* OR tag:war | tag:war | -tag:war
    | tag:war a | tag:war OR a | (a OR tag:sea) -b | in:comments | in:comments OR tag:sea
    | tag:war OR commenter:low"""


@pytest.mark.parametrize("text", QUERIES.split("|"))
def test_comments_count_where_a_part_of_the_query_is_about_themselves(text: str) -> None:
    node, deadline = parse(text).node, Deadline(NEVER)
    compiler = Compiler(Expansion(snapshot(), deadline), snapshot().languages)
    found = find(node, compiler, snapshot(), deadline)
    every = evaluate(compiler.compile(node), snapshot(), deadline)
    proofs = [evaluate(compiler.compile(leaf), snapshot(), deadline) for leaf in evidence(node)]
    for number, segment in enumerate(snapshot().segments):
        hits = every.segments[number]
        proven = {d for proof in proofs for d in proof.segments[number].documents.tolist()}
        kept = {
            document: score
            for document, score in zip(hits.documents.tolist(), hits.scores.tolist(), strict=True)
            if document < segment.columns.posts or document in proven or not needs_evidence(node)
        }
        documents, scores = found.segments[number].documents.tolist(), found.segments[number].scores.tolist()
        assert dict(zip(documents, scores, strict=True)) == kept


@pytest.mark.parametrize("sort", list(Sort))
def test_browsing_reads_no_text(sort: Sort) -> None:
    without_texts = tuple(replace(segment, fields={}) for segment in snapshot().segments)
    bare = replace(snapshot(), segments=without_texts, cache=Cache())
    request = SearchRequest(sort=sort, filters=Filters((ValueFilter("tag", ("war",)),)), size=100)
    found = answer(request, bare)
    assert found == answer(request, snapshot())
    assert 0 < found.total < snapshot().columns.posts


def test_when_time_is_over_the_answer_is_partial_and_corrects_nothing() -> None:
    found = answer(SearchRequest(parse("aa bb")), snapshot(), Deadline(0.0))
    assert found.partial
    assert found.total == 0
    assert found.correction is None
