"""Facets and filters are links, one step from the search they belong to."""

from __future__ import annotations

from urllib.parse import parse_qs

from search.request import SearchRequest
from search.results import Facet
from tests.web.made import answer, counted
from web import params
from web.presenters.results import facets


def request(query: str) -> SearchRequest:
    return params.read(parse_qs(query), strict=True)


def test_a_value_leads_to_the_search_with_it_and_a_chosen_one_to_the_search_without() -> None:
    tags = Facet("tag", (counted("war", 9), counted("sea", 8, selected=True)), distinct=2)
    (box,) = facets.boxes(answer(request("q=x&tag=sea"), facets=(tags,)))
    assert [(v.label, v.count, v.selected, v.url) for v in box.values] == [
        ("sea", 8, True, "/search?q=x"),
        ("war", 9, False, "/search?q=x&tag=sea&tag=war"),
    ]


def test_names_say_the_count_and_what_following_the_link_does() -> None:
    tags = Facet("tag", (counted("sea", 8, selected=True), counted("war", 1)), distinct=2)
    (box,) = facets.boxes(answer(request("q=x&tag=sea&-tag=tea"), facets=(tags,)))
    assert [value.name for value in box.values] == [
        "sea, 8 posts; chosen, follow to remove",
        "not tea; left out, follow to let it in",
        "war, 1 post",
    ]


def test_a_chosen_value_can_be_left_out_instead_and_one_left_out_let_in() -> None:
    tags = Facet("tag", (counted("sea", 8, selected=True), counted("war", 4)), distinct=2)
    (box,) = facets.boxes(answer(request("q=x&tag=sea&-tag=tea"), facets=(tags,)))
    assert [(v.label, v.excluded, v.url, v.instead) for v in box.values] == [
        ("sea", False, "/search?q=x&-tag=tea", "/search?q=x&-tag=sea&-tag=tea"),
        ("tea", True, "/search?q=x&tag=sea", ""),
        ("war", False, "/search?q=x&tag=sea&tag=war&-tag=tea", ""),
    ]


def test_a_facet_with_more_values_leads_to_all_of_them_and_has_a_form_that_keeps_the_search() -> None:
    tags = Facet("tag", (counted("sea", 8),), distinct=30)
    (box,) = facets.boxes(answer(request("q=x&page=2&size=20"), facets=(tags,)))
    assert (box.all_url, box.has_more, box.fields) == ("/facets/tag?q=x", True, (("q", "x"),))


def test_a_facet_without_values_is_not_shown_unless_one_is_left_out() -> None:
    assert facets.boxes(answer(facets=(Facet("publication"),))) == ()
    (box,) = facets.boxes(answer(request("-publication=Forbes"), facets=(Facet("publication"),)))
    assert [value.url for value in box.values] == ["/search"]


def test_dates_are_years_with_months_with_days() -> None:
    day = counted("2024-03-02", 1, selected=True)
    year = counted("2024", 5, children=(counted("2024-03", 3, children=(day,)),))
    (shown,) = facets.dates(request("date=2024-03-02"), [year])
    assert (shown.label, shown.url) == ("2024", "/search?date=2024")
    (month,) = shown.children
    assert [(each.label, each.selected) for each in (month, *month.children)] == [
        ("March", False),
        ("2 March", True),
    ]


def test_every_filter_has_a_chip_that_removes_it_alone() -> None:
    query = "q=x&-tag=war&tag=a&tag=b&date=2024&after=2023&before=2025&in=posts"
    chips = facets.chips(request(query))
    assert [(chip.text, chip.url) for chip in chips] == [
        ("Tag: a", "/search?q=x&tag=b&-tag=war&date=2024&after=2023&before=2025&in=posts"),
        ("Tag: b", "/search?q=x&tag=a&-tag=war&date=2024&after=2023&before=2025&in=posts"),
        ("not Tag: war", "/search?q=x&tag=a&tag=b&date=2024&after=2023&before=2025&in=posts"),
        ("Date: 2024", "/search?q=x&tag=a&tag=b&-tag=war&after=2023&before=2025&in=posts"),
        ("From 2023", "/search?q=x&tag=a&tag=b&-tag=war&date=2024&before=2025&in=posts"),
        ("Until 2025", "/search?q=x&tag=a&tag=b&-tag=war&date=2024&after=2023&in=posts"),
        ("Posts only", "/search?q=x&tag=a&tag=b&-tag=war&date=2024&after=2023&before=2025"),
    ]
