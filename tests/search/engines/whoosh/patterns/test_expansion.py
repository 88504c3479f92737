"""Which words a pattern means, against comparing every word with it."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.deadline import Deadline
from search.engines.whoosh.patterns import expansion as limits
from search.engines.whoosh.patterns.expansion import MOST_IN_ALL, MOST_WORDS, Expansion
from search.engines.whoosh.patterns.words_query import Words
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.segment import Segment
from search.text.edits import distance_within
from tests.search.engines.whoosh.inverting import MadeIndex, Said, Written
from tests.search.engines.whoosh.segment.memory import MemoryField

WORDS = sorted(
    {
        f"{start}{middle}{end}"
        for start in ("", "k", "ku", "ko", "éa")
        for middle in ("rs", "sr", "r", "日本", "z[a]")
        for end in ("k", "ks", "", "ing", "kk")
    }
)


def expanding(index: MadeIndex) -> Expansion:
    return Expansion(index, Deadline(1000))


def words(*texts: Sequence[str]) -> MadeIndex:
    """An index with a segment for each text, whose words are distinct and ascend."""
    index = MadeIndex([[Written()] for _ in texts])
    index.segments = tuple(map(_with_words, index.segments, texts))
    return index


def _with_words(segment: Segment, text: Sequence[str]) -> Segment:
    inverted = Inverted(
        terms=[word.encode() for word in text],
        starts=np.arange(len(text) + 1),
        documents=np.zeros(len(text), np.int32),
        lengths=np.array([len(text)], np.int32),
    )
    return replace(segment, fields={**segment.fields, "body_word": MemoryField(inverted)})


HALVES = words(WORDS[::2], WORDS[1::2])


@pytest.fixture(params=["read", "in memory"])
def lexicons(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wildcards compare words that are read from a segment, or those of a lexicon."""
    if request.param == "in memory":
        monkeypatch.setattr(limits, "_FEW", 0)


def assert_numbers_are_of_words(found: Words, index: MadeIndex) -> None:
    for segment, numbers in zip(index.segments, found.numbers, strict=True):
        field = segment.fields[found.fieldname]
        named = [field.terms(range(number, number + 1))[0].decode() for number in numbers]
        assert named == [word for word in found.words if field.find(word.encode()) >= 0]


@pytest.mark.parametrize("word", ["kursk", "kusrk", "krs", "rk", "sr", "ears", "x", "本"])
@pytest.mark.parametrize("distance", [1, 2])
def test_fuzzy_words_are_those_within_so_many_edits(word: str, distance: int) -> None:
    near = [other for other in WORDS if distance_within(word, other, distance)]
    found = expanding(HALVES).fuzzy(word, distance, "body_word")
    assert list(found.words) == near
    assert_numbers_are_of_words(found, HALVES)


@pytest.mark.usefixtures("lexicons")
@pytest.mark.parametrize(
    "pattern", ["k*", "*k", "k?r*", "*", "??", "k*r*s*k", "[rs]", "日*", "K*K", "e*", "*]"]
)
def test_wildcards_match_as_file_names_do(pattern: str) -> None:
    plain = pattern.lower().replace("[", "[[]")
    found = expanding(HALVES).wildcard(pattern, "body_word")
    assert list(found.words) == [word for word in WORDS if fnmatch.fnmatchcase(word, plain)]
    assert_numbers_are_of_words(found, HALVES)


def test_prefixes_are_beginnings() -> None:
    found = expanding(HALVES).prefix("ku", "body_word")
    assert list(found.words) == [word for word in WORDS if word.startswith("ku")]
    assert_numbers_are_of_words(found, HALVES)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sets(st.text("abc日", min_size=1, max_size=5), max_size=12), min_size=1, max_size=3),
    st.text("abc日*?", min_size=1, max_size=4),
)
def test_any_pattern_means_what_a_comparison_with_every_word_finds(
    texts: list[set[str]], pattern: str
) -> None:
    index, known = words(*map(sorted, texts)), sorted(set().union(*texts))
    expansion = expanding(index)
    matching = [word for word in known if fnmatch.fnmatchcase(word, pattern)]
    assert list(expansion.wildcard(pattern, "body_word").words) == matching
    beginning = [word for word in known if word.startswith(pattern)]
    assert list(expansion.prefix(pattern, "body_word").words) == beginning
    for distance in (1, 2):
        near = [word for word in known if distance_within(pattern, word, distance)]
        assert list(expansion.fuzzy(pattern, distance, "body_word").words) == near


def test_a_field_without_words_has_none() -> None:
    expansion = expanding(HALVES)
    assert expansion.prefix("k", "title_word").words == ()
    assert expansion.wildcard("k*", "title_word").words == ()
    assert expansion.fuzzy("k", 2, "title_word").words == ()
    assert not expansion.partial


def test_patterns_mean_values_of_keywords() -> None:
    posts = [Written(values={"tag": ["café noir", "war"]}), Written(values={"tag": ["war crimes"]})]
    index = MadeIndex([posts, [Written(values={"tag": ["warm"]})], [Written()]])
    found = expanding(index).prefix("war", "tag")
    assert found.words == ("war", "war crimes", "warm")
    assert [numbers.tolist() for numbers in found.numbers] == [[1, 2], [0], []]
    assert expanding(index).wildcard("*Noir", "tag").words == ("café noir",)
    assert expanding(index).fuzzy("wart", 1, "tag").words == ("war", "warm")


def test_patterns_of_names_mean_the_values_that_have_the_words() -> None:
    posts = [
        Written(values={"author": ["ada low", "jonathan low", "lowell x"]}, comments=[Said(["a"], "ada b")])
    ]
    expansion = expanding(MadeIndex([posts]))
    assert expansion.prefix("low", "author_word").words == ("low", "lowell")
    assert [numbers.tolist() for numbers in expansion.prefix("low", "author_word").numbers] == [[0, 1, 2]]
    assert [numbers.tolist() for numbers in expansion.fuzzy("jonatan", 1, "author_word").numbers] == [[1]]
    assert expansion.prefix("a", "commenter_word").words == ("ada",)


def test_no_pattern_means_more_words_than_the_limit() -> None:
    index = words([f"word{number:05}" for number in range(MOST_WORDS + 1)])
    expansion = expanding(index)
    assert len(expansion.prefix("word0100", "body_word").words) == 1
    assert not expansion.partial
    for found in (expansion.prefix("word", "body_word"), expanding(index).wildcard("w*d*", "body_word")):
        assert found.words[-1] == f"word{MOST_WORDS - 1:05}"
        assert len(found.words) == MOST_WORDS
        assert_numbers_are_of_words(found, index)
    assert expansion.partial


def test_words_that_several_segments_have_count_once() -> None:
    same = [f"word{number:05}" for number in range(600)]
    expansion = expanding(words(same, same))
    assert len(expansion.prefix("word", "body_word").words) == 600
    assert not expansion.partial


def test_the_first_words_of_all_segments_are_kept() -> None:
    index = words(*([f"word{number:05}" for number in range(start, 1_400, 2)] for start in (0, 1)))
    expansion = expanding(index)
    found = expansion.prefix("word", "body_word")
    assert expansion.partial
    assert list(found.words) == [f"word{number:05}" for number in range(MOST_WORDS)]
    assert_numbers_are_of_words(found, index)


def many_words() -> MadeIndex:
    """26 times 1,000 words, which begin with each letter."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return words([f"{letter}{number:04}" for letter in letters for number in range(1_000)])


def test_the_patterns_of_a_query_have_a_limit_of_words_together() -> None:
    expansion = expanding(many_words())
    found = [expansion.prefix(letter, "body_word") for letter in "abcdefghijkl"]
    assert sum(len(each.words) for each in found) == MOST_IN_ALL
    assert sum(len(each.numbers[0]) for each in found) == MOST_IN_ALL
    assert expansion.partial


def test_a_pattern_met_twice_counts_once() -> None:
    expansion = expanding(many_words())
    for _ in range(10):
        assert len(expansion.prefix("a", "body_word").words) == 1_000
    assert not expansion.partial


def test_looking_for_the_words_of_many_patterns_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_WORK", 10_000)
    index = many_words()
    expansion = expanding(index)
    found = [expansion.wildcard(f"*{number}x", "body_word") for number in range(100)]
    assert not any(each.words for each in found)
    assert expansion.partial
    assert expansion.fuzzy("a00000", 2, "body_word").words == ()
    assert expanding(index).fuzzy("a00000", 2, "body_word").words


def test_after_the_deadline_no_words_are_looked_for() -> None:
    index = words(["drone"])
    expansion = Expansion(index, Deadline(0))
    assert expansion.prefix("dr", "body_word").words == ()
    assert expansion.partial
    assert [numbers.dtype.kind for numbers in expansion.fuzzy("drome", 1, "body_word").numbers] == [
        np.dtype("i").kind
    ]
