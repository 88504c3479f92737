"""Sets of values against lists of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.columns import value_sets
from search.engines.whoosh.columns.value_sets import ValueSets
from search.engines.whoosh.segment.array_file import read_arrays, write_arrays

VALUES = 12


def sets_of(posts: list[list[int]]) -> ValueSets:
    owners = np.array([post for post, codes in enumerate(posts) for _ in codes], np.int64)
    codes = np.array([code for codes in posts for code in sorted(codes)], np.int64)
    return ValueSets.of(owners, codes, len(posts), VALUES)


def counted(posts: list[list[int]], chosen: list[int]) -> list[int]:
    counts = Counter(code for post in chosen for code in posts[post])
    return [counts[code] for code in range(VALUES)]


POSTS = st.lists(st.lists(st.integers(0, VALUES - 2), unique=True, max_size=4), max_size=40)


@given(POSTS, st.data())
def test_sets_count_what_counting_post_by_post_counts(posts: list[list[int]], data: st.DataObject) -> None:
    sets = sets_of(posts)
    chosen = data.draw(st.lists(st.sampled_from(range(len(posts))), unique=True)) if posts else []
    assert sets.counts(np.array(chosen, np.intp)).tolist() == counted(posts, chosen)
    assert sets.totals().tolist() == counted(posts, list(range(len(posts))))
    assert sets.has_empty == ([] in posts)


def test_many_posts_of_few_sets_are_counted_as_few_posts_are() -> None:
    posts = [[number % 3] if number % 5 else [] for number in range(20_000)]
    chosen = list(range(0, 20_000, 3))
    assert sets_of(posts).counts(np.array(chosen)).tolist() == counted(posts, chosen)


def test_posts_of_the_same_values_have_one_set() -> None:
    numbers = sets_of([[1, 2], [], [2, 1], [3], []]).of_post.tolist()
    assert numbers[0] == numbers[2] != numbers[1] == numbers[4]
    assert len(set(numbers)) == 3


def test_sets_that_look_alike_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(value_sets, "_scrambled", lambda codes: np.ones(len(codes), np.uint64))
    posts = [[1, 2], [3, 4], [1], [2]]
    sets = sets_of(posts)
    assert sets.counts(np.array([0, 2])).tolist() == counted(posts, [0, 2])


@pytest.mark.parametrize("name", ["of_post", "set_starts", "set_codes", "code_starts", "code_sets"])
def test_sets_that_cannot_be_are_refused(name: str, tmp_path: Path) -> None:
    arrays = sets_of([[1, 2], [3], [1, 2]]).arrays("tag")
    write_arrays(tmp_path / "sound", arrays, {})
    ValueSets.read(read_arrays(tmp_path / "sound"), "tag", 3, VALUES)
    broken = arrays[f"tag.{name}"].copy()
    broken[-1] = 200
    write_arrays(tmp_path / "broken", {**arrays, f"tag.{name}": broken}, {})
    with pytest.raises(ValueError, match="broken"):
        ValueSets.read(read_arrays(tmp_path / "broken"), "tag", 3, VALUES)
