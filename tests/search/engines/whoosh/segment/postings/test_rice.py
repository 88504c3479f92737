"""Lists of steps are read as they were written: one stream, many, and some of a list's steps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from search.engines.whoosh.segment.postings import rice
from search.engines.whoosh.segment.postings.bits import PADDING
from search.engines.whoosh.segment.spans import edges

Numbers = NDArray[np.int64]


@st.composite
def random_streams(draw: st.DrawFn) -> list[list[Numbers]]:
    """The steps of two lists of each of several terms, the second ones maybe empty."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    counts = st.integers(0, 40) | st.integers(500, 1_200)
    pairs = draw(st.lists(st.tuples(counts.filter(bool), counts), min_size=1, max_size=8))
    return [[random.geometric(10 ** -random.uniform(0, 4), count) for count in pair] for pair in pairs]


def _encoded(streams: list[list[Numbers]]) -> tuple[NDArray[np.uint8], rice.Streams]:
    parts = []
    for each in zip(*streams, strict=True):
        steps, counts = np.concatenate(each), np.array([len(one) for one in each])
        parts.append((steps, rice.Lists(counts, rice.best_low(steps, counts))))
    data, size = rice.encode(parts)
    bounds = edges(size)
    padded = np.concatenate([data, np.zeros(PADDING, np.uint8)])
    return padded, rice.Streams(bounds[:-1], bounds[1:], [lists for _, lists in parts])


@given(random_streams())
@settings(deadline=None)
def test_one_stream_is_read(streams: list[list[Numbers]]) -> None:
    data, layout = _encoded(streams)
    for number, steps in enumerate(streams):
        own = data[layout.starts[number] : layout.ends[number] + PADDING]
        counts = [int(lists.counts[number]) for lists in layout.lists]
        lows = [int(lists.lows[number]) for lists in layout.lists]
        for wanted in (1, 2):
            found = rice.decode(own, counts, lows, wanted, len(own) * 8)
            assert [each.tolist() for each in found] == [each.cumsum().tolist() for each in steps[:wanted]]


@given(random_streams())
@settings(deadline=None)
def test_many_streams_are_read_at_once(streams: list[list[Numbers]]) -> None:
    data, layout = _encoded(streams)
    for wanted in (1, 2):
        found = rice.decode_all(data, layout, wanted)
        expected = [np.concatenate(each).tolist() for each in list(zip(*streams, strict=True))[:wanted]]
        assert [each.tolist() for each in found] == expected


@given(random_streams(), st.integers(2, 9))
@settings(deadline=None)
def test_some_steps_are_read_from_milestones(streams: list[list[Numbers]], every: int) -> None:
    for steps, empty in ((steps, np.zeros(0, np.int64)) for steps, _ in streams):
        data, layout = _encoded([[steps, empty]])
        low = int(layout.lists[0].lows[0])
        milestones = len(steps) * low + edges((steps - 1 >> low) + 1)[:-1:every]
        part = rice.Part(0, len(steps), low, milestones, every)
        numbers = np.arange(0, len(steps), every + 1)
        assert rice.decode_some(data, part, numbers).tolist() == steps[numbers].tolist()
        with pytest.raises(ValueError, match="milestones"):
            rice.decode_some(data, rice.Part(0, len(steps), low, milestones + len(data) * 8, every), numbers)


@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.5])
def test_random_lists_take_little_more_than_they_must(share: float) -> None:
    steps = np.random.default_rng(3).geometric(share, 10_000)
    data, _ = _encoded([[steps, steps[:0]]])
    least = -(np.log2(share) + (1 - share) / share * np.log2(1 - share)) * len(steps) / 8  # the entropy
    assert len(data) < 1.05 * least + PADDING


def test_low_bits_from_the_sum_of_steps_are_the_same_for_one_list_and_for_many() -> None:
    counts = np.repeat(np.arange(0, 200), 30)
    totals = counts * np.tile(np.arange(1, 31), 200) ** 3
    expected = [
        rice.low_for(count, total) for count, total in zip(counts.tolist(), totals.tolist(), strict=True)
    ]
    assert rice.lows_for(counts, totals).tolist() == expected


@pytest.mark.parametrize("low", [0, 4, 15])
def test_bytes_that_are_no_list_are_refused(low: int) -> None:
    for damaged in (np.zeros(30, np.uint8), np.full(30, 255, np.uint8)[:9]):
        with pytest.raises(ValueError, match=r"fewer|early"):
            rice.decode(damaged, [80], [low], 1, 1_000)
