"""All values of a facet, a page at a time."""

from __future__ import annotations

from urllib.parse import parse_qs

from search.results import Facet
from tests.web.made import answer, counted
from web import params
from web.presenters.results.facet_page import FacetView, facet_view


def view(query: str, facet: str = "tag", distinct: int = 250) -> FacetView:
    request = params.read_facet(parse_qs(query), facet, strict=True)
    values = (counted("sea", 8), counted("war", 4)) if facet == "tag" else (counted("2024", 3),)
    return facet_view(answer(request, facets=(Facet(facet, values, distinct),)), facet)


def test_pages_lead_to_those_around_them_and_keep_the_search_and_the_beginning() -> None:
    second = view("q=x&-tag=tea&prefix=s&page=2")
    assert second.place == "Page 2 of 3"
    assert second.previous == "/facets/tag?q=x&-tag=tea&prefix=s"
    assert second.next == "/facets/tag?q=x&-tag=tea&prefix=s&page=3"
    assert second.cleared == "/facets/tag?q=x&-tag=tea"
    assert second.back_url == "/search?q=x&-tag=tea"
    assert view("q=x&page=2&size=10").next == "/facets/tag?q=x&page=3&size=10"
    assert view("q=x&page=3").next == view("q=x").previous == ""


def test_one_page_of_values_has_no_pager() -> None:
    assert view("q=x", distinct=2).place == ""


def test_a_page_past_the_end_leads_back_to_the_last() -> None:
    assert view("page=9").previous == "/facets/tag?page=3"


def test_values_are_ordered_by_how_many_posts_have_them_or_by_name() -> None:
    found = view("q=x&prefix=s&page=2")
    assert [(each.text, each.url, each.current) for each in found.orders] == [
        ("Most posts", "/facets/tag?q=x&prefix=s", True),
        ("A to Z", "/facets/tag?q=x&prefix=s&order=name", False),
    ]
    by_name = view("q=x&order=name&page=2")
    assert by_name.next == "/facets/tag?q=x&order=name&page=3"
    assert ("order", "name") in by_name.facet.fields
    assert by_name.back_url == "/search?q=x"
    assert view("q=x", "date").orders == view("q=x", distinct=1).orders == ()


def test_every_value_can_be_left_out() -> None:
    assert [value.instead for value in view("q=x").facet.values] == [
        "/search?q=x&-tag=sea",
        "/search?q=x&-tag=war",
    ]


def test_what_was_left_out_stands_on_the_first_page_only() -> None:
    assert [value.label for value in view("-tag=tea").facet.values] == ["tea", "sea", "war"]
    assert [value.label for value in view("-tag=tea&page=2").facet.values] == ["sea", "war"]


def test_dates_are_on_one_page() -> None:
    dates = view("q=x", "date", distinct=250)
    assert [each.label for each in dates.dates] == ["2024"]
    assert (dates.place, dates.next, dates.facet.values) == ("", "", ())


def test_it_says_how_many_values_there_are_of_which_search() -> None:
    assert view("q=x&-tag=tea").summary == "250 values in: x not in tag tea"
