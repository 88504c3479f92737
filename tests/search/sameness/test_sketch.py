"""What texts have in common of which most words are the same."""

from __future__ import annotations

from search.sameness.sketch import sketch

WORDS = [
    *("rain", "hail", "snow", "sleet", "fog", "frost", "dew", "mist"),
    *("storm", "wind", "cloud", "thunder", "drizzle", "shower", "gust"),
]


def test_a_text_of_few_words_has_no_sketch() -> None:
    assert sketch(" ".join(WORDS[:11])) == ()
    assert len(sketch(" ".join(WORDS[:12]))) == 3


def test_neither_case_nor_punctuation_nor_lines_count() -> None:
    assert sketch(", ".join(WORDS)) == sketch("\n".join(WORDS).upper())


def test_a_text_that_begins_otherwise_shares_most_of_it() -> None:
    text = " ".join(f"{word} {number}" for number, word in enumerate(WORDS * 4))
    assert len({*sketch(text)} & {*sketch("[code] " + text + " and more")}) >= 2


def test_other_texts_share_nothing() -> None:
    assert not {*sketch(" ".join(WORDS))} & {*sketch(" ".join(reversed(WORDS)))}


def test_only_the_beginning_of_a_long_text_counts() -> None:
    text = " ".join(f"{word}{number}" for number, word in enumerate(WORDS * 40))
    assert sketch(text) == sketch(text + " and so on" * 100)


def test_letters_that_utf_8_has_not_do_no_harm() -> None:
    assert len(sketch(" ".join(f"{word}\ud800" for word in WORDS))) == 3
