"""A generation's columns: joined from segments, written, opened, and refused where they cannot be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from search.engines.whoosh.columns.columns import COLUMNS_FILE, Columns
from search.engines.whoosh.segment.array_file import read_arrays, write_arrays
from search.engines.whoosh.segment.segment import Segment
from search.model import PostWithComments
from tests.engine_contract.archive import posts
from tests.search.engines.whoosh.generation import content, join, segment_of, without


def split(contents: list[PostWithComments], parts: int) -> list[Segment]:
    return [segment_of(contents[part::parts]) for part in range(parts)]


def ids(columns: Columns) -> list[str]:
    return [columns.id(post) for post in range(columns.posts)]


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_posts_are_numbered_newest_first_whatever_segment_they_are_in(parts: int) -> None:
    columns = Columns.join(split(list(posts()), parts), [None] * parts)
    assert ids(columns)[:2] == ["kursk", "tanks"]
    assert ids(columns)[-3:] == ["plain", "undated", "untitled"]
    assert ids(columns) == ids(join(posts()))


def test_posts_of_one_time_are_in_the_order_of_their_ids() -> None:
    columns = join(
        [content("beta", "2020"), content("älpha", "2020")], [content("alphabetical", "2020"), content("a")]
    )
    assert ids(columns) == ["alphabetical", "beta", "älpha", "a"]


def test_every_document_leads_to_its_post() -> None:
    first = [content("old", "2019", commenters=["Ann", "Bob"]), content("new", "2021")]
    columns = join(first, [content("middle", "2020", commenters=["Bob"])])
    assert [each.tolist() for each in columns.post_of] == [[2, 0, 2, 2], [1, 1]]
    assert [columns.place(post) for post in range(3)] == [(0, 1), (1, 0), (0, 0)]
    assert columns.numbers.comments.tolist() == [0, 1, 2]
    assert columns.comments == 3


def test_a_deleted_post_is_not_there_nor_are_its_comments() -> None:
    old = segment_of([content("a", "2020", tags=["gone"], commenters=["Ann"]), content("b", "2021")])
    new = segment_of([content("a", "2022", tags=["here"])])
    columns = Columns.join([old, new], [without(old, "a"), None])
    assert ids(columns) == ["a", "b"]
    assert [each.tolist() for each in columns.post_of] == [[-1, 1, -1], [0]]
    assert columns.comments == 0
    assert columns.facets["tag"].find("gone") == -1
    assert columns.facets["tag"].find("here") >= 0


def test_a_comment_goes_with_its_post_although_it_is_not_said_to_be_deleted() -> None:
    segment = segment_of([content("a", commenters=["Ann"]), content("b")])
    columns = Columns.join([segment], [np.array([True, False, False])])
    assert (columns.posts, columns.comments) == (1, 0)


def test_posts_are_found_by_their_ids() -> None:
    columns = join(posts())
    assert [columns.find(post_id) for post_id in ids(columns)] == list(range(columns.posts))
    assert [columns.find(unknown) for unknown in ("", "kurs", "kursk2", "zzz", "日本")] == [-1] * 5


def test_titles_are_those_of_the_segments() -> None:
    columns = join([content("a", "2020", title="Où boire un café")], [content("b", "2021", title="Tea")])
    assert [columns.title(post) for post in range(2)] == ["Tea", "Où boire un café"]


def test_languages_tell_whether_there_are_posts_without_one() -> None:
    assert join(posts()).languages == ("de", "en", "es", "fr", "ja", "ru", "zh", "")
    assert join([content("a")]).languages == ("",)
    assert join().languages == ()


@pytest.mark.parametrize("parts", [1, 3])
def test_columns_come_back_from_a_folder(parts: int, tmp_path: Path) -> None:
    segments = split(list(posts()), parts)
    joined = Columns.join(segments, [None] * parts)
    joined.write(tmp_path)
    opened = Columns.open(tmp_path, segments)
    assert ids(opened) == ids(joined)
    assert opened.comments == joined.comments
    assert [each.tolist() for each in opened.post_of] == [each.tolist() for each in joined.post_of]
    for name, facet in opened.facets.items():
        assert facet.totals.tolist() == joined.facets[name].totals.tolist()


def test_no_posts_are_columns_too(tmp_path: Path) -> None:
    join().write(tmp_path)
    opened = Columns.open(tmp_path, [])
    assert (opened.posts, opened.comments, opened.find("a")) == (0, 0, -1)


def _beyond(array: NDArray[Any]) -> NDArray[Any]:
    return np.full(len(array), np.iinfo(array.dtype).max, array.dtype)


def _shorter(array: NDArray[Any]) -> NDArray[Any]:
    return array[:-1]


@pytest.mark.parametrize("damage", [_beyond, _shorter])
@pytest.mark.parametrize(
    "name",
    [
        "post_of",
        "segment",
        "document",
        "by_id",
        "period",
        "tag.of_post",
        "tag.code_sets",
        "tag.codes",
        "tag.label",
    ],
)
def test_columns_that_cannot_be_are_refused(
    name: str, damage: Callable[[NDArray[Any]], NDArray[Any]], tmp_path: Path
) -> None:
    segments = split(list(posts()), 2)
    Columns.join(segments, [None, None]).write(tmp_path)
    file = read_arrays(tmp_path / COLUMNS_FILE)
    (tmp_path / COLUMNS_FILE).unlink()
    damaged = {**file.arrays, name: damage(file.arrays[name])}
    write_arrays(tmp_path / COLUMNS_FILE, damaged, file.facts)
    with pytest.raises(ValueError, match=COLUMNS_FILE):
        Columns.open(tmp_path, segments)


def test_columns_of_other_segments_are_refused(tmp_path: Path) -> None:
    Columns.join(split(list(posts()), 2), [None, None]).write(tmp_path)
    with pytest.raises(ValueError, match=COLUMNS_FILE):
        Columns.open(tmp_path, [segment_of(posts())])
