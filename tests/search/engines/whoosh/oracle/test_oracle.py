"""Whatever is asked, the evaluator finds and scores what Whoosh's own searcher does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from whoosh.query import Query
from whoosh.searching import Searcher

from benchmarks.posts import corpus_posts
from search.deadline import Deadline
from search.engines.whoosh.array_index import ArrayIndex
from search.engines.whoosh.compiling.compiler import Compiler
from search.engines.whoosh.patterns.expansion import Expansion
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.model import Comment, Post, PostWithComments
from search.query.parser import parse
from tests.search.engines.whoosh.building.contents import some_posts
from tests.search.engines.whoosh.oracle.archives import Archives, in_steps, keys
from tests.search.engines.whoosh.oracle.drawing import Drawing, Material
from tests.search.engines.whoosh.oracle.mended import mended
from tests.search.engines.whoosh.oracle.searching import NEVER, by_evaluator, by_whoosh
from tests.search.engines.whoosh.oracle.typed import typed

SEEDS = range(3)
REAL = 1_000
"""Posts of the corpus, drawn from all of them; Whoosh takes a minute for a hundred queries of all."""


@pytest.fixture(autouse=True)
def whoosh_as_it_is_meant() -> Iterator[None]:
    with mended():
        yield


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Archives:
    return Archives.publish(tmp_path_factory.mktemp("generated") / "index", in_steps(posts()))


@cache
def posts() -> list[PostWithComments]:
    """Posts in several languages with up to three comments, every fifth without a date."""
    chance = Random(1)
    found = []
    for number, content in enumerate(some_posts(90)):
        tags = chance.sample(("rain", "sea", "harbour of love"), chance.randrange(3))
        authors = chance.sample(("Ann", "Bob Low", "Ann Low", "Zoë"), chance.randrange(3))
        post = replace(content.post, tags=tuple(tags), authors=tuple(authors))
        found.append(replace(content, post=post if number % 5 else replace(post, date=None)))
    return found


def assert_same(query: Query, searcher: Searcher, snapshot: Snapshot) -> None:
    expected = by_whoosh(query, searcher)
    found = by_evaluator(query, snapshot)
    assert found.keys() == expected.keys(), query
    assert found == pytest.approx(expected, rel=1e-5, abs=1e-9), query


@pytest.mark.parametrize("seed", SEEDS)
def test_random_queries_find_and_score_what_whoosh_does(generated: Archives, queries: int, seed: int) -> None:
    searcher = ArrayIndex.open(generated.folder).searcher()
    drawing = Drawing(Material.of(generated.contents), seed)
    for _ in range(queries):
        assert_same(drawing.query(), searcher, generated.snapshot)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_typed_finds_and_scores_what_whoosh_does(
    generated: Archives, queries: int, seed: int
) -> None:
    searcher, snapshot = ArrayIndex.open(generated.folder).searcher(), generated.snapshot
    chance = Random(seed)
    for _ in range(queries):
        compiler = Compiler(Expansion(snapshot, Deadline(NEVER)), snapshot.languages)
        assert_same(compiler.compile(parse(typed(chance, posts())).node), searcher, snapshot)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_queries_find_the_same_in_an_index_of_whooshs_own_codec(
    generated: Archives, queries: int, seed: int
) -> None:
    stock, ours = generated.stock(), ArrayIndex.open(generated.folder).searcher()
    stock_keys, our_keys = keys(stock), keys(ours)
    drawing = Drawing(Material.of(generated.contents), 100 + seed)
    for _ in range(queries):
        query = drawing.query()
        expected = {stock_keys[document] for document in by_whoosh(query, stock)}
        found = {our_keys[document] for document in by_evaluator(query, generated.snapshot)}
        assert found == expected, query


def test_real_posts_are_found_and_scored_as_whoosh_does(corpus: Path, queries: int, tmp_path: Path) -> None:
    contents = [_discussed(post, Random(post.id)) for post in corpus_posts(corpus, REAL)]
    real = Archives.publish(tmp_path / "index", in_steps(contents))
    searcher, drawing = ArrayIndex.open(real.folder).searcher(), Drawing(Material.of(contents), 1)
    for _ in range(queries):
        assert_same(drawing.query(depth=2), searcher, real.snapshot)


def _discussed(post: Post, chance: Random) -> PostWithComments:
    """A post with up to three comments that repeat some of it."""
    said = post.readable.split()
    starts = [chance.randrange(len(said)) for _ in range(chance.randrange(4))] if said else []
    return PostWithComments(
        post,
        tuple(
            Comment(f"{post.id}-{place}", post.id, author=chance.choice(("", "Bob", "Ann Low")), text=text)
            for place, text in enumerate(" ".join(said[start : start + 30]) for start in starts)
        ),
    )
