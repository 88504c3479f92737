"""All results of a search, and all posts of an archive, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search import archive as archives
from search.archive import Archive
from search.errors import GenerationGone
from search.model import Blog, Comment, Period, Post
from search.query.parser import parse
from search.request import SearchRequest, Sort
from search.results import FoundPost, Hit, ListedPost
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
REPLY = Comment("reply0000001", POSTS[0].id, author="Cleo", text="More tea?")
TEA = SearchRequest(parse("tea"), sort=Sort.NEWEST, size=3)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    store(tmp_path / "data", *POSTS, REPLY)
    return tmp_path / "data"


@pytest.fixture
def archive(data: Path) -> Iterator[Archive]:
    with Archive.open(data) as archive:
        yield archive


def whole(hit: Hit) -> FoundPost:
    return FoundPost(hit.post, hit.score, hit.comments_matched, hit.comments_total)


def test_every_result_is_what_the_pages_show(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "CHUNK", 2)
    pages = [archive.search(replace(TEA, page=page)) for page in (1, 2, 3)]
    shown = [whole(hit) for page in pages for hit in page.hits]
    assert len(shown) == len(POSTS)
    assert list(archive.every(replace(TEA, page=2)).posts) == shown
    assert list(archive.every(TEA, 4).posts) == shown[:4]
    assert [list(archive.every(TEA, most).posts) for most in (0, -1)] == [[], []]


def test_every_result_says_how_many_comments_matched(archive: Archive) -> None:
    *_, first = archive.every(TEA).posts
    assert (first.post, first.comments_matched, first.comments_total) == (POSTS[0], 1, 1)


def test_all_results_come_with_how_many_were_found(archive: Archive) -> None:
    found = archive.every(TEA, 4)
    assert (found.total, found.partial) == (len(POSTS), False)


def test_every_result_has_some_words_where_none_has_all(archive: Archive) -> None:
    some_words = replace(TEA, query=parse("tea submarine"))
    shown = archive.search(replace(some_words, size=10)).hits
    assert list(archive.every(some_words).posts) == [whole(hit) for hit in shown]


def test_every_result_is_of_the_generation_that_it_began_with(
    archive: Archive, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "CHUNK", 2)
    begun = archive.every(TEA).posts
    first = next(begun)
    more = Post("more00000000", Blog("Tides"), title="More", text="tea " * 20)
    store(data, *POSTS[1:], more)
    assert [first.post, *(hit.post for hit in begun)] == [*reversed(POSTS[1:])], "without what is gone"


def test_results_of_a_generation_that_is_gone_are_refused_before_the_first(archive: Archive) -> None:
    with pytest.raises(GenerationGone):
        archive.every(replace(TEA, generation="000099"))


def test_posts_are_listed_by_id_from_any_place(archive: Archive) -> None:
    assert archive.listing(0, 2) == tuple(ListedPost(post.id, post.title, post.date) for post in POSTS[:2])
    assert [post.id for post in archive.listing(5, 10)] == [post.id for post in POSTS[5:]]
    assert archive.listing(7, 10) == ()


def test_a_listed_post_says_when_it_was_changed(archive: Archive, data: Path) -> None:
    changed = replace(POSTS[0], updated=Period.of(2021, 2, 3))
    store(data, changed, replace(POSTS[1], date=None))
    assert [post.updated for post in archive.listing(0, 9)] == [Period.of(2021, 2, 3), None]


def test_posts_and_comments_are_counted(archive: Archive) -> None:
    counts = archive.counts()
    assert (counts.posts, counts.comments) == (len(POSTS), 1)
