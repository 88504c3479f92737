from __future__ import annotations

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.edits import distance_within
from search.text.patterns import matches_wildcard

LETTERS = st.text("ab", max_size=7)


@given(st.text("ab*?", max_size=8), LETTERS)
def test_wildcards_match_as_those_of_file_names(pattern: str, word: str) -> None:
    assert matches_wildcard(pattern, word) == fnmatch.fnmatchcase(word, pattern)


def test_a_pattern_of_many_stars_is_compared_without_going_back() -> None:
    assert not matches_wildcard("*a" * 200 + "b", "a" * 2_000)


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
