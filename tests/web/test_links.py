"""Links are paths that say where they lead, and nothing else."""

from __future__ import annotations

import pytest

from search.query.parser import parse
from search.request import FACETS, SearchRequest
from tests.web.made import BARE, COMMENT, DRONES
from web import links, params, refine

DRONES_SEARCH = SearchRequest(query=parse("drones & co"))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ängste & Träume", "angste-traume"),
        ("  What?! No… ", "what-no"),
        ("図書館", "post"),
        ("", "post"),
        ("../../etc/passwd", "etc-passwd"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 500, "x" * 60),
    ],
)
def test_a_slug_is_the_title_in_plain_letters(title: str, slug: str) -> None:
    assert links.slug(title) == slug


def test_a_search_of_nothing_has_no_question_mark() -> None:
    assert links.search(SearchRequest()) == "/search"


def test_a_post_carries_the_search_it_was_found_by() -> None:
    assert links.post(DRONES) == "/posts/aaaaaaaaaaa2/drones-over-the-harbour"
    assert links.post(BARE, DRONES_SEARCH) == "/posts/bbbbbbbbbbb2/post?q=drones+%26+co"


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": ["tag=2000&date=2000"], "page": ["3"], "sort": ["oldest"]},
        {"-tag": ["2000"], "-author": ["2000", "Bo"], "after": ["2000"]},
        {"tag": ["2000", "war"], "author": ["Ann Ames"], "date": ["2000"]},
    ],
)
def test_the_links_of_a_facet_are_the_searches_with_its_values_chosen_or_left(
    facet: str, asked: dict[str, list[str]]
) -> None:
    request = params.read(asked, strict=True)
    toggled = links.toggles(request, facet)
    for value in ("2000", "2011-03") if facet == "date" else ("2000", "war", "R&D = 100 %", "Čapek"):
        assert toggled(value) == links.search(refine.toggled(request, facet, value))


def test_a_comment_is_a_place_in_its_post() -> None:
    assert links.comment(DRONES, COMMENT, DRONES_SEARCH) == (
        "/posts/aaaaaaaaaaa2/drones-over-the-harbour?q=drones+%26+co#comment-ccccccccccc2"
    )


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "/etc/passwd", "http://[", ""])
def test_a_link_that_no_browser_should_follow_is_left_out(link: str) -> None:
    assert links.outside(link) == ""


def test_a_link_to_the_web_stays() -> None:
    assert links.outside("https://ledger.example/a?b=c#d") == "https://ledger.example/a?b=c#d"
