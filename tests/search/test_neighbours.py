"""Where a post stands among the results of a search, and what is before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from search.archive import Archive
from search.model import Blog, Period, Post
from search.query.parser import parse
from search.request import SearchRequest
from tests.search.archives import store

POSTS = tuple(
    Post(
        f"post{number:08}",
        Blog("Tides"),
        title=f"Day {number}",
        text="tea and bread",
        date=Period.of(2020, 1, number),
    )
    for number in range(1, 8)
)
"""Of seven days, found newest first: the seventh is the first result."""

TEA = SearchRequest(parse("tea"), size=3)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    data = tmp_path_factory.mktemp("data")
    store(data, *POSTS)
    with Archive.open(data) as archive:
        yield archive


def around(archive: Archive, request: SearchRequest, day: int) -> tuple[int, int, str, str] | None:
    """Position and total, and the titles before and after."""
    found = archive.neighbours(request, POSTS[day - 1].id)
    if found is None:
        return None
    before, after = (post.title if post else "" for post in (found.previous, found.next))
    return found.position, found.total, before, after


def test_a_result_has_one_before_and_one_after_it(archive: Archive) -> None:
    assert around(archive, TEA, 6) == (2, 7, "Day 7", "Day 5")


def test_the_first_and_the_last_result_have_one_only(archive: Archive) -> None:
    assert around(archive, TEA, 7) == (1, 7, "", "Day 6")
    assert around(archive, replace(TEA, page=3), 1) == (7, 7, "Day 2", "")


def test_neighbours_are_found_across_the_edges_of_a_page(archive: Archive) -> None:
    assert around(archive, TEA, 5) == (3, 7, "Day 6", "Day 4")
    assert around(archive, replace(TEA, page=2), 4) == (4, 7, "Day 5", "Day 3")


def test_a_post_of_another_page_has_no_neighbours_on_this_one(archive: Archive) -> None:
    assert around(archive, TEA, 4) is None
    assert around(archive, replace(TEA, page=2), 5) is None
    assert archive.neighbours(TEA, "nowhere00000") is None


def test_neighbours_are_those_of_the_page_when_some_words_are_enough(archive: Archive) -> None:
    some_words = replace(TEA, query=parse("tea submarine"))
    shown = [hit.post.title for hit in archive.search(some_words).hits]
    assert shown == ["Day 7", "Day 6", "Day 5"]
    assert around(archive, some_words, 6) == (2, 7, "Day 7", "Day 5")


def test_neighbours_of_a_filtered_browsing_are_within_the_filters(archive: Archive) -> None:
    assert around(archive, SearchRequest(parse("date:2020-01-02..2020-01-04")), 4) == (1, 3, "", "Day 3")
    assert around(archive, SearchRequest(), 4) == (4, 7, "Day 5", "Day 3")
