"""Scores by the formula, and values that no word has."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine import Change
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.evaluating.lifting import COMMENT_SHARE
from search.model import Blog, Comment, Post, PostWithComments
from search.query.ast import Fuzzy, Node, Prefix, Query, Wildcard, Word
from search.query.parser import parse
from search.request import Filters, SearchRequest, ValueFilter


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[WhooshEngine]:
    with WhooshEngine(tmp_path / "index") as opened:
        yield opened


def post(name: str, text: str = "", *comments: str, title: str = "", tags: tuple[str, ...] = ()) -> Change:
    content = Post(name, Blog("Blog"), title=title, text=text, tags=tags)
    said = tuple(Comment(f"{name}-{place}", name, text=each) for place, each in enumerate(comments))
    return Change(name, PostWithComments(content, said))


def scores(engine: WhooshEngine, text: str) -> dict[str, float]:
    return {match.post_id: match.score for match in engine.search(SearchRequest(parse(text))).matches}


def bm25(frequency: int, length: int, average: float, having: int, documents: int) -> float:
    idf = math.log(documents / (having + 1)) + 1
    return idf * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / average))


def test_a_post_scores_by_bm25_and_a_share_of_its_best_comment(engine: WhooshEngine) -> None:
    engine.publish(
        [post("one", "kursk kursk tea", "kursk", "kursk and tea"), post("two", "tea with milk", "sugar")],
        rebuild=True,
    )
    # Five documents with 3, 1, 3, 3 and 1 words; three of them have the word.
    own = bm25(2, 3, 11 / 5, 3, 5)
    best_comment = bm25(1, 1, 11 / 5, 3, 5)
    assert scores(engine, "kursk") == {"one": pytest.approx(own + COMMENT_SHARE * best_comment, rel=1e-5)}


def test_a_title_counts_twice(engine: WhooshEngine) -> None:
    engine.publish([post("one", title="kursk"), post("two", "kursk")], rebuild=True)
    found = scores(engine, "kursk")
    assert found["one"] == pytest.approx(2 * found["two"], rel=1e-5)


def test_fields_of_values_do_not_score(engine: WhooshEngine) -> None:
    engine.publish([post("one", "kursk", tags=("war",)), post("two", "tea")], rebuild=True)
    assert scores(engine, "kursk tag:war") == scores(engine, "kursk")
    assert scores(engine, "tag:war") == {"one": 0.0}


def test_a_post_of_many_matching_comments_scores_by_the_best(engine: WhooshEngine) -> None:
    engine.publish([post("one", "", "kursk", "kursk", "kursk"), post("two", "", "kursk")], rebuild=True)
    found = scores(engine, "kursk")
    assert found["one"] == pytest.approx(found["two"])


@pytest.mark.parametrize("value", ["\ud7ff", "\U0010ffff", "a\x00b", "x" * 900, "[a]*?", "é" * 300, "a/b\\c"])
def test_any_value_can_be_found_and_filtered_by(engine: WhooshEngine, value: str) -> None:
    one = post("one", value, value, title=value, tags=(value,))
    engine.publish([one, post("two", tags=("war",))], rebuild=True)
    found = engine.search(SearchRequest(filters=Filters(values=(ValueFilter("tag", (value,)),))))
    assert [match.post_id for match in found.matches] == ["one"]
    assert {shown.value for shown in found.facets["tag"].values} == {value, "war"}
    nodes: list[Node] = [Word(value, "tag"), Prefix(value[:20], "tag"), Fuzzy(value, "tag", 2)]
    for node in nodes:
        assert "one" in [match.post_id for match in engine.search(SearchRequest(Query("", node))).matches]
    for node in (Word(value), Fuzzy(value), Prefix(value), Wildcard(value), Fuzzy("wor", "tag", 2)):
        engine.search(SearchRequest(Query(value, node)))
    assert engine.suggest(value[:10], 5) is not None


def test_many_words_that_must_all_be_there_score_as_few_do(engine: WhooshEngine) -> None:
    words = [f"word{number}" for number in range(12)]
    engine.publish(
        [post("all", " ".join(words)), post("most", " ".join(words[1:])), post("one", words[0])], rebuild=True
    )
    separate = sum(scores(engine, word)["all"] for word in words)
    assert scores(engine, " ".join(words)) == {"all": pytest.approx(separate, rel=1e-5)}
    assert scores(engine, " ".join([*words, "nowhere"])) == {}


def test_a_word_that_a_phrase_has_twice_counts_twice(engine: WhooshEngine) -> None:
    engine.publish([post("one", "row row your boat"), post("two", "a boat")], rebuild=True)
    assert scores(engine, '"row row"') == {"one": pytest.approx(2 * scores(engine, "row")["one"], rel=1e-5)}


def test_what_was_only_partly_looked_for_is_not_corrected(engine: WhooshEngine) -> None:
    many = " ".join(f"ab{number}" for number in range(1_200))
    engine.publish([post("one", f"kursk {many}")], rebuild=True)
    found = engine.search(SearchRequest(parse("abb* kursc")))
    assert (found.partial, found.correction) == (False, "abb* kursk")
    cut_short = engine.search(SearchRequest(parse("ab* kursc")))
    assert (cut_short.partial, cut_short.correction) == (True, None)
