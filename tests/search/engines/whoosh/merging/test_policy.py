"""When segments are merged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.merging.policy import FLOOR, MOST_DELETED, MOST_DOCUMENTS, TIER, Size, merges

CASES: list[tuple[str, list[Size], list[tuple[int, ...]]]] = [
    ("nothing", [], []),
    ("one segment stays", [Size(50)], []),
    ("small ones become one", [Size(500), Size(1), Size(70)], [(0, 1, 2)]),
    ("a small one stays beside a large one", [Size(50_000), Size(1)], []),
    ("two small ones beside a large one", [Size(50_000), Size(1), Size(2)], [(1, 2)]),
    ("three of one size stay", [Size(3_000)] * 3, []),
    ("four of one size become one", [Size(3_000)] * 4, [(0, 1, 2, 3)]),
    ("four of different sizes stay", [Size(100), Size(3_000), Size(9_000), Size(40_000)], []),
    ("one merge can be part of the next", [Size(1_500), Size(1_500), *[Size(2_500)] * 3], [(0, 1, 2, 3, 4)]),
    ("the smallest that fit", [Size(30_000), Size(20_000), Size(25_000), Size(15_000)], [(1, 2, 3)]),
    ("the largest stay as they are", [Size(60_000)] * 9, []),
    ("a few deletions stay", [Size(50_000, deleted=10_000)], []),
    ("many deletions go", [Size(50_000, deleted=10_001)], [(0,)]),
    ("deletions make small", [Size(40_000, deleted=39_000), Size(500)], [(0, 1)]),
    ("what is wholly deleted goes", [Size(50_000), Size(7, deleted=7)], [(1,)]),
    ("a post with more comments than fit stays", [Size(90_000), Size(90_000)], []),
    ("it loses its deleted documents, too", [Size(90_000, deleted=30_000)], [(0,)]),
]


@pytest.mark.parametrize(("sizes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_merges(sizes: list[Size], expected: list[tuple[int, ...]]) -> None:
    assert merges(sizes) == expected


def test_no_more_is_merged_than_there_is_memory_for() -> None:
    sizes = [Size(3_000, size=30), Size(3_000, size=20), Size(3_000, size=10), Size(3_000, size=90)]
    assert merges(sizes, most_bytes=60) == [(0, 1, 2)]
    assert merges(sizes, most_bytes=50) == [(0, 1)]
    assert merges(sizes, most_bytes=20) == []


@st.composite
def some_sizes(draw: st.DrawFn) -> Size:
    documents = draw(st.integers(1, MOST_DOCUMENTS))
    return Size(documents, draw(st.integers(0, documents)))


@given(st.lists(some_sizes(), max_size=40))
def test_afterwards_there_is_nothing_to_merge_and_no_segment_is_too_large(sizes: list[Size]) -> None:
    groups = merges(sizes)
    merged = [place for group in groups for place in group]
    assert len(merged) == len(set(merged))
    after = [Size(sum(sizes[place].live for place in group)) for group in groups]
    after += [size for place, size in enumerate(sizes) if place not in merged]
    assert all(size.documents <= MOST_DOCUMENTS for size in after)
    assert all(size.deleted <= MOST_DELETED * size.documents for size in after)
    assert sum(size.live for size in after) == sum(size.live for size in sizes)
    assert sum(0 < size.live < FLOOR for size in after) <= 1


def test_an_archive_that_grows_post_by_post_has_few_segments_and_rewrites_little() -> None:
    segments: list[Size] = []
    written = 0
    for _ in range(3_000):
        segments.append(Size(100))
        groups = merges(segments)
        staying = {*range(len(segments))} - {place for group in groups for place in group}
        merged = [Size(sum(segments[place].live for place in group)) for group in groups]
        written += sum(size.documents for size in merged)
        segments = [segments[place] for place in sorted(staying)] + merged
        assert len(segments) <= 3 * TIER + 300_000 // (MOST_DOCUMENTS // 2)
    assert sum(size.live for size in segments) == 300_000
    assert written < 20 * 300_000
