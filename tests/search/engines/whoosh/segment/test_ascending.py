"""Lists of ascending numbers are read as they were written, whole or in part."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from search.engines.whoosh.segment import ascending
from search.engines.whoosh.segment.spans import edges

Lists = list[tuple[NDArray[np.int64], int]]
"""Numbers, and the universe they are from."""


@st.composite
def random_lists(draw: st.DrawFn) -> Lists:
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    lists = []
    for universe in draw(st.lists(st.integers(1, 200) | st.integers(1, 300_000), min_size=1, max_size=12)):
        count = int(universe ** random.random())
        lists.append((np.sort(random.choice(universe, count, replace=False)), universe))
    return lists


def _encoded(lists: Lists) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    counts, universes = (
        np.array([len(numbers) for numbers, _ in lists]),
        np.array([most for _, most in lists]),
    )
    starts = edges(ascending.sizes(counts, universes))
    out = np.zeros(starts[-1], np.uint8)
    ascending.encode(np.concatenate([numbers for numbers, _ in lists]), counts, universes, starts[:-1], out)
    return out, starts


@given(random_lists())
@settings(deadline=None)
def test_each_list_is_read(lists: Lists) -> None:
    data, starts = _encoded(lists)
    for (numbers, universe), start, end in zip(lists, starts[:-1], starts[1:], strict=True):
        assert end - start == ascending.size(len(numbers), universe)
        assert ascending.decode(data[start:end], len(numbers), universe).tolist() == numbers.tolist()


@given(random_lists())
@settings(deadline=None)
def test_all_lists_are_read_at_once(lists: Lists) -> None:
    data, starts = _encoded(lists)
    counts, universes = (
        np.array([len(numbers) for numbers, _ in lists]),
        np.array([most for _, most in lists]),
    )
    found = ascending.decode_lists(data, starts[:-1], counts, universes)
    assert found.tolist() == np.concatenate([numbers for numbers, _ in lists]).tolist()


@given(random_lists(), st.integers(1, 30), st.integers(2, 9))
@settings(deadline=None)
def test_parts_are_read_without_the_rest(lists: Lists, wide: int, step: int) -> None:
    for numbers, universe in lists:
        data, _ = _encoded([(numbers, universe)])
        firsts = np.arange(0, len(numbers), wide * step)
        counts = np.minimum(wide, len(numbers) - firsts)
        least, ends = numbers[firsts], numbers[firsts + counts - 1] + 1
        parts = ascending.Parts(firsts, counts, least, ends)
        expected = [number for first in firsts for number in numbers[first : first + wide].tolist()]
        assert ascending.decode_parts(data, len(numbers), universe, parts).tolist() == expected


def test_a_random_list_takes_little_more_than_it_must() -> None:
    counts = np.array([10, 100, 1_000, 10_000, 30_000])
    share = counts / 65_536
    least = -(counts * np.log2(share) + (65_536 - counts) * np.log2(1 - share)) / 8  # the entropy
    assert (ascending.sizes(counts, np.full(5, 65_536)) < least + counts * 0.75 / 8 + 8).all()


@pytest.mark.parametrize("universe", [60, 5_000])
def test_bytes_that_are_no_list_are_refused(universe: int) -> None:
    numbers = np.arange(0, 40)
    data, _ = _encoded([(numbers, universe)])
    for damaged in (data[:-1] * 0, data[: len(data) // 2], data * 0 + 255, data[::-1].copy()):
        with pytest.raises(ValueError, match="list"):
            ascending.decode(damaged, len(numbers), universe)
