"""A segment's columns: what goes in comes out, and what contradicts itself is refused."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from search.engines.whoosh.building.rows import row_of
from search.engines.whoosh.segment.array_file import read_arrays, write_arrays
from search.engines.whoosh.segment.columns import SegmentColumns
from tests.engine_contract.archive import posts
from tests.search.engines.whoosh.generation import columns_of, content


def made() -> SegmentColumns:
    """The posts of the contract, each with its own number as its key term."""
    rows = [row_of(each) for each in posts()]
    return SegmentColumns.of(rows, np.arange(len(rows) + 1), np.arange(len(rows)))


def plain(columns: SegmentColumns) -> dict[str, Any]:
    """All that the columns hold, as lists."""
    found: dict[str, Any] = {
        field.name: list(getattr(columns, field.name))
        for field in fields(columns)
        if field.name != "keywords"
    }
    for name, keyword in columns.keywords.items():
        found |= {f"{name}.{field.name}": list(getattr(keyword, field.name)) for field in fields(keyword)}
    return found


def written(columns: SegmentColumns, path: Path, **replaced: NDArray[Any]) -> SegmentColumns:
    """What is read of the columns, after some of their arrays were replaced."""
    arrays = columns.arrays() | {f"columns.{name}": array for name, array in replaced.items()}
    write_arrays(path, arrays, {})
    return SegmentColumns.read(read_arrays(path))


def test_columns_come_back_from_a_file(tmp_path: Path) -> None:
    assert plain(written(made(), tmp_path / "columns")) == plain(made())


def test_equal_arrays_are_written_once(tmp_path: Path) -> None:
    numbers = np.arange(1_000)
    write_arrays(tmp_path / "two", {"one": numbers, "other": numbers.copy(), "none": numbers[:0]}, {})
    found = read_arrays(tmp_path / "two")
    assert [len(found.arrays[name]) for name in ("one", "other", "none")] == [1_000, 1_000, 0]
    assert np.array_equal(found.arrays["one"], found.arrays["other"])
    assert (tmp_path / "two").stat().st_size < 2 * numbers.nbytes


def test_no_posts_are_columns_too(tmp_path: Path) -> None:
    columns = written(columns_of([]), tmp_path / "columns")
    assert (columns.posts, columns.comments) == (0, 0)


def test_a_keyword_knows_who_has_a_value_and_how_each_wrote_it() -> None:
    tag = columns_of(
        [content("a", tags=["Sea", "War"]), content("b", tags=["war"]), content("c", tags=["SEA"])]
    ).keywords["tag"]
    assert list(tag.values) == ["sea", "war"]
    assert tag.starts.tolist() == [0, 2, 4]
    assert tag.owners.tolist() == [0, 2, 0, 1]
    assert [tag.spellings[number] for number in tag.spelling.tolist()] == ["Sea", "SEA", "War", "war"]


def test_commenters_are_known_by_the_number_of_their_comment() -> None:
    columns = columns_of([content("a", commenters=["Bob", ""]), content("b", commenters=["Ann", "bob"])])
    assert columns.parents.tolist() == [0, 0, 1, 1]
    assert list(columns.keywords["commenter"].values) == ["ann", "bob"]
    assert columns.keywords["commenter"].owners.tolist() == [2, 0, 3]


def test_numbers_are_kept_as_small_as_they_are() -> None:
    columns = columns_of([content("a", "1969-07-20"), content("b", "2024")])
    assert (columns.level.dtype, columns.start.dtype) == (np.dtype(np.uint8), np.dtype(np.int32))
    assert columns.start.tolist() == [-14_256_000, 1_704_067_200]


@pytest.mark.parametrize("post_id", ["", "x" * 1_000, "ends\0"])
def test_an_id_that_cannot_be_kept_is_refused(post_id: str) -> None:
    with pytest.raises(ValueError, match="an id is empty"):
        columns_of([content(post_id)])


def test_an_id_may_be_in_any_script() -> None:
    assert columns_of([content("étude")]).ids[0].decode() == "étude"


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("level", np.zeros(3, np.uint8)),
        ("second", np.zeros(len(posts()), np.float64)),
        ("parents", np.full(13, 255, np.uint8)),
        ("parents", np.arange(13, dtype=np.uint8)[::-1].copy()),
        ("key_starts", np.zeros(len(posts()) + 1, np.uint8)),
        ("tag.owners", np.full(12, 200, np.uint8)),
        ("tag.spelling", np.zeros(1, np.uint8)),
        ("tag.starts", np.zeros(2, np.uint8)),
        ("commenter.owners", np.full(12, 255, np.uint8)),
    ],
)
def test_columns_that_contradict_themselves_are_refused(
    name: str, array: NDArray[Any], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=name.rsplit(".", maxsplit=1)[-1] + "|comments are not in the order"):
        written(made(), tmp_path / "columns", **{name: array})


def test_a_list_whose_starts_go_back_is_refused(tmp_path: Path) -> None:
    starts = made().keywords["tag"].starts.copy()
    starts[1], starts[2] = starts[2], starts[1]
    with pytest.raises(ValueError, match="does not divide"):
        written(made(), tmp_path / "columns", **{"tag.starts": starts})
