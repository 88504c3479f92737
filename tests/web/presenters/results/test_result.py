"""A result looks right, whatever is known of its post."""

from __future__ import annotations

from dataclasses import replace

from search.model import Origin, Period, Post
from search.request import SearchRequest
from tests.web.made import BARE, BARE_HIT, DRONES, DRONES_HIT, LEDGER, answer
from web.presenters.naming import date_of, quotes, title
from web.presenters.results.result import result

SEARCH = answer("drones").request


def test_a_result_leads_to_its_post_with_the_search_kept() -> None:
    view = result(SEARCH, DRONES_HIT)
    assert view.url == "/posts/aaaaaaaaaaa2/drones-over-the-harbour?q=drones"
    assert view.comments[0].url == f"{view.url}#comment-ccccccccccc2"


def test_an_author_or_tag_narrows_the_search_to_it() -> None:
    view = result(SEARCH, DRONES_HIT)
    assert view.authors[0].url == "/search?q=drones&author=Ann+Ames"
    assert [tag.url for tag in view.tags] == ["/search?q=drones&tag=drones", "/search?q=drones&tag=harbour"]


def test_a_post_without_a_title_is_called_by_its_first_words() -> None:
    assert title(BARE) == "A few words and no more"
    assert title(replace(BARE, text="word " * 20)).count("word") == 12
    assert title(Post("x", LEDGER)) == "Untitled"
    assert result(SEARCH, BARE_HIT).title == "A few words and no more"


def test_an_undated_post_without_authors_has_neither() -> None:
    view = result(SEARCH, BARE_HIT)
    assert (view.date, view.authors, view.tags, view.quotes) == (None, (), (), "")


def test_who_is_quoted_is_said_with_where() -> None:
    assert quotes(DRONES) == "Bo Berg in The Times"
    assert quotes(replace(DRONES, reporters=("A", "B", "C"), publication="")) == "A, B and C"
    assert quotes(replace(DRONES, reporters=())) == "The Times"


def test_comments_that_are_not_shown_are_counted() -> None:
    assert result(SEARCH, DRONES_HIT).more_comments == ""
    assert result(SEARCH, replace(DRONES_HIT, comments_matched=3)).more_comments == "2 more comments matched"
    unmatched = replace(DRONES_HIT, comments=(), comments_matched=0)
    assert result(SearchRequest(), unmatched).more_comments == "2 comments"


def test_a_guessed_date_says_so_and_from_what() -> None:
    def shown(confidence: float, where: str) -> tuple[str, str]:
        origin = Origin("date", "page.html", where, confidence)
        date = date_of(replace(DRONES, date=Period.parse("2024-03-02T10:00"), origins=(origin,)))
        assert date
        return date.text, date.exact

    exact = "2 March 2024, 10:00 UTC"
    assert shown(1.0, "line 3") == ("2 March 2024", exact)
    assert shown(0.7, "its address") == (
        "probably 2 March 2024",
        f"{exact}: likely (70%), from its address",
    )
    assert shown(0.95, "item 3, its time zone is not said") == (
        "2 March 2024",
        f"{exact}: very likely (95%), from item 3, its time zone is not said",
    )
