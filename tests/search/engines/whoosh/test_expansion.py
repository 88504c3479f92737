"""Which words a pattern means, against comparing every word with it."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh.searching import Searcher

from search.engine import Change
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.stock_expansion import MOST_IN_ALL, MOST_WORDS, Expansion
from search.engines.whoosh.stock_lexicon import Lexicons
from search.engines.whoosh.stock_snapshot import open_searcher
from search.model import Blog, Post, PostWithComments
from search.text.edits import distance_within

WORDS = sorted(
    {
        f"{start}{middle}{end}"
        for start in ("", "k", "ku", "ko", "éa")
        for middle in ("rs", "sr", "r", "日本", "z[a]"[1:3])
        for end in ("k", "ks", "", "ing", "kk")
    }
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """The words, spread over two segments."""
    folder = tmp_path_factory.mktemp("expansion") / "index"
    with WhooshEngine(folder) as engine:
        for half in (WORDS[::2], WORDS[1::2]):
            post = Post(f"post-{len(half)}", Blog("Words"), text=" ".join(half))
            generation = engine.publish([Change(post.id, PostWithComments(post))], rebuild=False)
    opened = open_searcher(folder / generation.name)
    yield opened
    opened.close()


@pytest.fixture
def known(searcher: Searcher) -> list[str]:
    return sorted({term.decode() for term in searcher.reader().lexicon("body_word")})


@pytest.mark.parametrize("word", ["kursk", "kusrk", "krs", "rk", "sr", "ears", "x", "本"])
@pytest.mark.parametrize("distance", [1, 2])
def test_fuzzy_words_are_those_within_so_many_edits(
    searcher: Searcher, known: list[str], word: str, distance: int
) -> None:
    near = [other for other in known if distance_within(word, other, distance)]
    assert list(Expansion(searcher.reader(), Lexicons()).fuzzy(word, distance, "body_word")) == near


@pytest.mark.parametrize("pattern", ["k*", "*k", "k?r*", "*", "??", "k*r*s*k", "[rs]", "日*", "K*K", "e*"])
def test_wildcards_match_as_file_names_do(searcher: Searcher, known: list[str], pattern: str) -> None:
    plain = pattern.lower().replace("[", "[[]")
    matching = [word for word in known if fnmatch.fnmatchcase(word, plain)]
    assert list(Expansion(searcher.reader(), Lexicons()).wildcard(pattern, "body_word")) == matching


def test_prefixes_are_beginnings(searcher: Searcher, known: list[str]) -> None:
    found = Expansion(searcher.reader(), Lexicons()).prefix("ku", "body_word")
    assert list(found) == [word for word in known if word.startswith("ku")]


def test_a_field_without_words_has_none(searcher: Searcher) -> None:
    expansion = Expansion(searcher.reader(), Lexicons())
    assert expansion.prefix("k", "title_word") == ()
    assert expansion.fuzzy("k", 2, "title_word") == ()
    assert not expansion.partial


def test_no_pattern_means_more_words_than_the_limit(tmp_path: Path) -> None:
    post = Post("many", Blog("Words"), text=" ".join(f"word{number:05}" for number in range(MOST_WORDS + 1)))
    with WhooshEngine(tmp_path / "index") as engine:
        generation = engine.publish([Change(post.id, PostWithComments(post))], rebuild=True)
    with open_searcher(tmp_path / "index" / generation.name) as searcher:
        expansion = Expansion(searcher.reader(), Lexicons())
        assert len(expansion.prefix("word0100", "body_word")) == 1
        assert not expansion.partial
        assert len(expansion.prefix("word", "body_word")) == MOST_WORDS
        assert expansion.partial


def many_words(folder: Path) -> Searcher:
    """An index of 26 times 1,000 words, which begin with each letter."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    text = " ".join(f"{letter}{number:04}" for letter in letters for number in range(1_000))
    post = Post("many", Blog("Words"), text=text)
    with WhooshEngine(folder) as engine:
        generation = engine.publish([Change(post.id, PostWithComments(post))], rebuild=True)
    return open_searcher(folder / generation.name)


def test_the_patterns_of_a_query_have_a_limit_of_words_together(tmp_path: Path) -> None:
    with many_words(tmp_path / "index") as searcher:
        expansion = Expansion(searcher.reader(), Lexicons())
        found = [expansion.prefix(letter, "body_word") for letter in "abcdefghijkl"]
        assert sum(map(len, found)) == MOST_IN_ALL
        assert expansion.partial


def test_a_pattern_met_twice_counts_once(tmp_path: Path) -> None:
    with many_words(tmp_path / "index") as searcher:
        expansion = Expansion(searcher.reader(), Lexicons())
        for _ in range(10):
            assert len(expansion.prefix("a", "body_word")) == 1_000
        assert not expansion.partial


def test_looking_for_the_words_of_many_patterns_comes_to_an_end(tmp_path: Path) -> None:
    with many_words(tmp_path / "index") as searcher:
        expansion = Expansion(searcher.reader(), Lexicons())
        found = [expansion.wildcard(f"*x{number}", "body_word") for number in range(100)]
        assert not any(found)
        assert expansion.partial
        assert expansion.fuzzy("a00000", 2, "body_word") == ()
        assert Expansion(searcher.reader(), Lexicons()).fuzzy("a00000", 2, "body_word")
