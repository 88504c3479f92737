from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.edits import distance_within
from search.text.patterns import all_like, wildcard

LETTERS = st.text("ab", max_size=7)


def fits(pattern: str, word: str) -> bool:
    """What a pattern means, tried out letter by letter."""
    if not pattern:
        return not word
    if pattern[0] == "*":
        return any(fits(pattern[1:], word[taken:]) for taken in range(len(word) + 1))
    return bool(word) and pattern[0] in ("?", word[0]) and fits(pattern[1:], word[1:])


@given(st.text("ab*?[]!", max_size=7), st.text("ab[]!", max_size=7))
def test_a_star_is_any_characters_and_a_question_mark_one(pattern: str, word: str) -> None:
    assert bool(wildcard(pattern).match(word)) == fits(pattern, word)


@given(st.text("ab*?[]!", max_size=7), st.lists(st.text("ab[]!ä\r ", max_size=7), max_size=6))
def test_many_words_are_compared_as_each_of_them_is(pattern: str, words: list[str]) -> None:
    like = [place for place, word in enumerate(words) if fits(pattern, word)]
    assert all_like(pattern, [word.encode() for word in words]) == like


def test_a_pattern_of_many_stars_is_compared_without_going_back() -> None:
    assert not wildcard("*a" * 200 + "b").match("a" * 2_000)
    assert not all_like("*a" * 200 + "b", [b"a" * 2_000])


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("kursk", "kursk", 0),
        ("kursk", "kurks", 1),
        ("kursk", "kusk", 1),
        ("kursk", "kyrsk", 1),
        ("ab", "", 2),
        ("abc", "xyz", 3),
    ],
)
def test_edits_put_in_leave_out_change_and_swap(one: str, other: str, edits: int) -> None:
    assert distance_within(one, other, edits)
    assert edits == 0 or not distance_within(one, other, edits - 1)


@given(LETTERS, LETTERS, st.integers(0, 3))
def test_edits_are_as_many_as_the_whole_table_says(one: str, other: str, limit: int) -> None:
    assert distance_within(one, other, limit) == (whole_table(one, other) <= limit)


def whole_table(one: str, other: str) -> int:
    table = [[row + column for column in range(len(other) + 1)] for row in range(len(one) + 1)]
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            changed = table[row - 1][column - 1] + (one[row - 1] != other[column - 1])
            table[row][column] = min(table[row - 1][column] + 1, table[row][column - 1] + 1, changed)
            if (
                row > 1
                and column > 1
                and one[row - 1] == other[column - 2]
                and one[row - 2] == other[column - 1]
            ):
                table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
    return table[-1][-1]
