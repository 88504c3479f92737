"""Numbers of any width are read as they were written, wherever they lie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.whoosh.segment.postings.bits import PADDING, WIDEST, ones, pack, unpack, unpack_run


@given(st.integers(1, WIDEST), st.integers(0, 2_000) | st.integers(4_000, 4_200), st.integers(0, 70))
@settings(deadline=None)
def test_numbers_are_read_one_by_one_and_in_a_row(width: int, count: int, first: int) -> None:
    numbers = np.random.default_rng(width).integers(0, 1 << width, count)
    places = np.arange(first, first + count * width, width)
    size = (first + count * width + 7) // 8
    data = np.concatenate([pack(numbers, places, size), np.zeros(PADDING, np.uint8)])
    assert unpack(data, places[::3], width).tolist() == numbers[::3].tolist()
    assert unpack_run(data, first, count, width).tolist() == numbers.tolist()


def test_set_bits_are_counted_from_where_they_are_asked_for() -> None:
    assert ones(np.array([0b1000_0001, 0b10], np.uint8), 3, 16).tolist() == [4, 6]


@pytest.mark.parametrize("place", [-1, 9, 1 << 40])
def test_nothing_is_read_outside(place: int) -> None:
    with pytest.raises(ValueError, match="early"):
        unpack(np.zeros(PADDING, np.uint8), np.array([place]), 3)
    with pytest.raises(ValueError, match="early"):
        unpack_run(np.zeros(PADDING, np.uint8), abs(place), 3, 3)
