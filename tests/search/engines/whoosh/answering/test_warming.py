"""What was warmed has at hand what the first who ask need."""

from __future__ import annotations

from pathlib import Path

from search.engine import Change
from search.engines.whoosh.answering.evaluation import answer
from search.engines.whoosh.answering.warming import warm
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.publishing.generations import Generations
from search.engines.whoosh.publishing.opening import open_generation
from search.model import Blog, Post, PostWithComments
from search.query.parser import parse
from search.request import SearchRequest


def test_the_start_page_and_a_misspelt_word_find_what_they_need(tmp_path: Path) -> None:
    post = Post("post", Blog("Garden"), title="Tomatoes", text="Water them in the evening.")
    with WhooshEngine(tmp_path) as engine:
        engine.publish([Change(post.id, PostWithComments(post))], rebuild=True)
    snapshot = open_generation(Generations(tmp_path), "000001")
    warm(snapshot)
    before = snapshot.cache.use
    answer(SearchRequest(), snapshot)
    assert snapshot.cache.use.misses == before.misses
    assert snapshot.cache.use.hits > before.hits
    lexicons = snapshot.cache.use.hits
    assert answer(SearchRequest(parse("tomatos")), snapshot).correction == "tomatoes"
    assert snapshot.cache.use.hits > lexicons
