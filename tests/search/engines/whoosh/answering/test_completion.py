"""Completions over an index of several segments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search.engines.whoosh.answering.completion import complete
from search.engines.whoosh.building.builder import build_segments
from search.engines.whoosh.columns.columns import Columns
from search.engines.whoosh.segment.files import read_segment
from search.engines.whoosh.segment.segment import Segment
from search.model import Blog, Post, PostWithComments
from tests.search.engines.whoosh.generation import content, without

Complete = Callable[[str, int], list[tuple[str, str, str]]]


def built(folder: Path, contents: list[PostWithComments]) -> Segment:
    folder.mkdir()
    [made] = build_segments(contents, folder, jobs=1, megabytes=200)
    return read_segment(made.path)


@pytest.fixture
def completions(tmp_path: Path) -> Complete:
    first = [
        content("tea", "2020", title="Machine-made tea", tags=["Green Tea"], authors=["Ada Low"]),
        content("gone", "2024", title="Machines that are gone", tags=["gone"]),
        content("sea", "2021", title="The (sea) machine learns", tags=["sea", "tea"], authors=["Lowell"]),
    ]
    second = [
        content("ai", "2022", title="Machine  Learning: où?", tags=["Sea", "machine learning"]),
        content("tokyo", "2023", title="東京タワー", authors=["Ada Low"]),
    ]
    segments = [built(tmp_path / "first", first), built(tmp_path / "second", second)]
    columns = Columns.join(segments, [without(segments[0], "gone"), None])

    def ask(prefix: str, size: int) -> list[tuple[str, str, str]]:
        found = complete(columns, segments, prefix, size)
        return [(each.text, each.kind, each.post_id) for each in found]

    return ask


def test_values_come_first_by_how_many_posts_have_them(completions: Complete) -> None:
    assert completions("sea", 10) == [
        ("Sea", "tag", ""),
        ("The (sea) machine learns", "title", "sea"),
    ]
    assert completions("low", 10) == [("Ada Low", "author", ""), ("Lowell", "author", "")]


def test_any_word_of_a_value_may_begin_so(completions: Complete) -> None:
    assert [text for text, kind, _ in completions("te", 10) if kind == "tag"] == ["Green Tea", "tea"]


def test_titles_that_begin_so_come_first_and_deleted_posts_have_none(completions: Complete) -> None:
    titles = [post_id for _, kind, post_id in completions("machine", 10) if kind == "title"]
    assert titles == ["ai", "tea", "sea"], "newest first, but for the one that begins with 'The'"


def test_several_words_follow_one_another_in_a_title(completions: Complete) -> None:
    assert completions("machine l", 10) == [
        ("machine learning", "tag", ""),
        ("Machine  Learning: où?", "title", "ai"),
        ("The (sea) machine learns", "title", "sea"),
    ]
    assert completions("learning ou", 10) == []
    assert completions("tea machine", 10) == []


def test_a_title_in_a_script_without_spaces_is_completed(completions: Complete) -> None:
    for prefix in ("東", "東京", "東京タ", "東京タワー"):
        assert completions(prefix, 10) == [("東京タワー", "title", "tokyo")]


def test_values_leave_half_of_the_places_to_titles(completions: Complete) -> None:
    assert [kind for _, kind, _ in completions("machine", 2)] == ["tag", "title"]
    assert [kind for _, kind, _ in completions("machine", 1)] == ["tag"]


def test_words_come_last_where_there_is_room(tmp_path: Path) -> None:
    texts = ("Gardens and gardeners", "A gardener gardens", "Gone gardenias", "gardens of 東京タワー")
    contents = [
        PostWithComments(Post(id=str(number), blog=Blog("Blog"), text=text, tags=("Gardener",)))
        for number, text in enumerate(texts)
    ]
    segment = built(tmp_path / "words", contents)
    columns = Columns.join([segment], [without(segment, "2")])

    def words(prefix: str, size: int) -> list[tuple[str, str]]:
        return [(each.text, each.kind) for each in complete(columns, [segment], prefix, size)]

    assert words("gard", 10) == [("Gardener", "tag"), ("gardens", "word"), ("gardeners", "word")]
    assert words("gard", 2) == [("Gardener", "tag"), ("gardens", "word")]
    assert words("東", 10) == []


def test_after_other_words_the_last_one_is_completed_by_what_texts_have_with_them(tmp_path: Path) -> None:
    texts = ("New York, new yorkers", "in New York", "yorkshire yorkshire", "gone new yorkville", "yorks")
    contents = [PostWithComments(Post(str(n), Blog("Blog"), text=text)) for n, text in enumerate(texts)]
    segment = built(tmp_path / "words", contents)
    columns = Columns.join([segment], [without(segment, "3")])
    for typed in ("new yor", "NEW  Yor"):
        found = [(each.text, each.kind) for each in complete(columns, [segment], typed, 10)]
        assert found == [("new york", "word"), ("new yorkers", "word")]
    assert complete(columns, [segment], "nothing yor", 10) == []


def test_values_tell_how_many_posts_have_them(tmp_path: Path) -> None:
    contents = [content(str(n), tags=["tea"], authors=["Teal"] if n else []) for n in range(4)]
    segment = built(tmp_path / "values", contents)
    columns = Columns.join([segment], [without(segment, "3")])
    found = complete(columns, [segment], "te", 10)
    assert [(each.text, each.count) for each in found] == [("tea", 3), ("Teal", 2)]


@pytest.mark.parametrize("prefix", ["", "  ", "(", "achine", "machine x", "gone"])
def test_nothing_is_completed_where_no_word_begins_so(prefix: str, completions: Complete) -> None:
    assert completions(prefix, 10) == []
