"""Words compared all at once, against one at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.patterns.lexicon import Lexicon
from search.engines.whoosh.patterns.spellings import Spellings
from search.engines.whoosh.patterns.vocabulary import Values
from search.text.edits import distance_within

WORDS = st.text("abcñ日𝄞", min_size=1, max_size=7)


def lines(words: list[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()


@given(st.lists(WORDS, max_size=20), WORDS, st.integers(1, 2))
def test_all_words_are_as_far_as_each_is(words: list[str], word: str, distance: int) -> None:
    within = Spellings.of(lines(words)).within(word, distance)
    assert within.tolist() == [distance_within(other, word, distance) for other in words]


@given(st.sets(WORDS, max_size=20), WORDS, st.integers(1, 2))
def test_letters_and_lengths_pass_over_no_word_that_is_near(
    words: set[str], word: str, distance: int
) -> None:
    lexicon = Lexicon.of(Values(sorted(words)))
    near = lexicon.words(lexicon.within(word, distance, lexicon.near(word, distance)))
    assert [each.decode() for each in near] == sorted(w for w in words if distance_within(w, word, distance))


def test_a_very_long_word_is_compared_as_well() -> None:
    words = ["x" * 999, "x" * 1_001, "x" * 500 + "y" * 500, "x"]
    assert Spellings.of(lines(words)).within("x" * 1_000, 1).tolist() == [True, True, False, False]


def test_the_digits_and_the_letters_of_a_script_have_a_bit_each() -> None:
    for letters in ("0123456789abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя"):
        bits = Spellings.of(lines(list(letters))).letters()
        assert len(set(bits.tolist())) == len(letters)


def test_a_vocabulary_with_a_line_feed_in_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="several lines"):
        Lexicon.of(Values(["a\nb"]))
