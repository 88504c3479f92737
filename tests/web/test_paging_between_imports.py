"""The pages that programs follow fit together, whatever is published between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from search.model import Period, Post
from tests.web.blog import GARDEN, build
from web.app import create_app
from web.settings import Settings

FOLLOWED = {"/search.json?sort=newest&size=4&facets=none": "results", "/facets/tag.json?size=3": "values"}
"""The first of several pages, and what is listed on them."""


def tulips(*numbers: int) -> list[Post]:
    return [
        Post(
            id=f"tulip{number:06d}2".translate(str.maketrans("0189", "abcd")),
            blog=GARDEN,
            title=f"Tulips, part {number}",
            text="On tulips.",
            tags=(f"tulip {number}",),
            date=Period.parse(f"20{number:02d}-05-05"),
        )
        for number in numbers
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build(tmp_path, tulips(*range(10, 20)), ())
    return tmp_path


@pytest.fixture
def growing(folder: Path) -> Iterator[FlaskClient]:
    """A client of an archive that others write to."""
    with Archive.open(folder) as archive:
        yield create_app(Settings(folder), archive).test_client()


def follow(client: FlaskClient, first: str, listed: str) -> Iterator[list[Any]]:
    """What is listed on each page, as a program follows them."""
    address: str | None = first
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.text
        page = response.get_json()
        linked = {link.rel: link.url for link in links(response.headers["Link"])}
        assert (page["next"], page["previous"]) == (linked.get("next"), linked.get("prev"))
        yield page[listed]
        address = page["next"]


class Link:
    """One link of a `Link` header."""

    def __init__(self, text: str) -> None:
        target, _, relation = text.partition("; rel=")
        self.url, self.rel = target.strip("<>"), relation.strip('"')


def links(header: str) -> list[Link]:
    return [Link(text) for text in header.split(", ")]


def name(listed: dict[str, Any]) -> str:
    return str(listed.get("title") or listed.get("value"))


@pytest.mark.parametrize("first", FOLLOWED)
def test_nothing_comes_twice_and_nothing_is_missed_when_posts_are_published_between_pages(
    first: str, growing: FlaskClient, folder: Path
) -> None:
    before = [name(each) for page in follow(growing, first, FOLLOWED[first]) for each in page]
    pages = follow(growing, first, FOLLOWED[first])
    seen = [name(each) for each in next(pages)]
    build(folder, tulips(*range(5, 25)), ())
    seen += [name(each) for page in pages for each in page]
    assert seen == before
    assert len(seen) == len(set(seen)) == 10


def test_pages_of_an_archive_that_lost_posts_still_fit_together(growing: FlaskClient, folder: Path) -> None:
    pages = follow(growing, "/search.json?sort=newest&size=4&facets=none", "results")
    seen = [name(each) for each in next(pages)]
    build(folder, tulips(*range(10, 19)), ())  # the newest is gone: page 2 of the newest begins one later
    seen += [name(each) for page in pages for each in page]
    assert seen == [f"Tulips, part {number}" for number in range(19, 9, -1)]


@pytest.mark.parametrize("first", [*FOLLOWED, "/search.jsonl?sort=newest"])
def test_pages_of_a_state_that_is_gone_say_so_and_where_to_begin_again(
    first: str, growing: FlaskClient, folder: Path
) -> None:
    gone = f"{first}&page=2&generation=000001" if "jsonl" not in first else f"{first}&generation=000001"
    assert growing.get(gone).status_code == 200
    for year in range(20, 24):
        build(folder, tulips(*range(10, year)), ())
        assert growing.get(first).status_code == 200
    response = growing.get(gone)
    problem = response.get_json()
    assert (response.status_code, problem["status"], problem["parameter"]) == (410, 410, "generation")
    assert problem["type"] == "/problems/generation-gone"
    assert problem["again"] == first
    assert [(link.rel, link.url) for link in links(response.headers["Link"])] == [("first", first)]
    assert growing.get(problem["again"]).status_code == 200


def test_pages_for_people_and_feeds_are_always_of_the_newest_state(growing: FlaskClient) -> None:
    page = growing.get("/search?sort=newest&size=4")
    assert "generation=" not in page.text
    assert growing.get("/search?generation=999999").status_code == 200
    assert "generation=" not in growing.get("/search.atom?size=4").text
    assert growing.get("/search.atom?generation=000001").status_code == 400


def test_links_that_begin_something_else_do_not_name_the_state(growing: FlaskClient) -> None:
    found = growing.get("/search.json?size=4&generation=000001").get_json()
    assert "generation" not in str([found["results"], found["facets"]])
