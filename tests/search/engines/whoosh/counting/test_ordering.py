"""Pages of results: the same as of a stable sort of everything."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.arrays import Floats, Ints
from search.engines.whoosh.counting.ordering import highest, page
from search.request import Sort
from tests.search.engines.whoosh.generation import content, join


def sorted_all(keys: Ints | Floats, count: int) -> list[int]:
    """The places of the highest keys, found by sorting all."""
    return sorted(range(len(keys)), key=lambda place: (-keys[place].item(), place))[:count]


@given(st.lists(st.integers(0, 5), max_size=400), st.integers(1, 60))
def test_the_highest_are_those_of_a_stable_sort(values: list[int], count: int) -> None:
    for keys in (np.array(values, np.int64), np.array(values, np.uint8), np.array(values, np.float64) / 3):
        assert highest(keys, count).tolist() == sorted_all(keys, count)


@pytest.mark.parametrize("count", [1, 10, 4_000, 10_000])
@pytest.mark.parametrize("distinct", [1, 2, 50, 10_000])
def test_the_highest_of_many_are_those_of_a_stable_sort(count: int, distinct: int) -> None:
    keys = np.random.default_rng(1).integers(0, distinct, 5_000) / 7
    assert highest(keys, count).tolist() == sorted_all(keys, count)


def test_the_highest_come_first_although_they_stand_last() -> None:
    assert highest(np.arange(1_000), 3).tolist() == [999, 998, 997]


DATES = ("2024-05-01", "2020", "2020", "2020", "2019-07", "", "")
COMMENTS = (0, 2, 5, 2, 0, 9, 1)
COLUMNS = join(
    [
        content(f"post-{number}", date, commenters=["Ann"] * comments)
        for number, (date, comments) in enumerate(zip(DATES, COMMENTS, strict=True))
    ]
)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.RELEVANCE, [3, 5, 0, 1, 6]),
        (Sort.NEWEST, [0, 1, 3, 5, 6]),
        (Sort.OLDEST, [1, 3, 0, 5, 6]),
        (Sort.COMMENTS, [5, 1, 3, 6, 0]),
    ],
)
def test_every_order_breaks_ties_newest_first(sort: Sort, expected: list[int]) -> None:
    posts, scores = np.array([0, 1, 3, 5, 6]), np.array([1.0, 1.0, 2.0, 2.0, 0.5])
    for offset in range(7):
        for size in range(1, 7):
            places = page(sort, posts, scores, COLUMNS, offset=offset, size=size)
            assert posts[places].tolist() == expected[offset : offset + size]
