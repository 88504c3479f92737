"""Facets and filters are links, one step from the search they belong to."""

from __future__ import annotations

from urllib.parse import parse_qs

from search.request import SearchRequest
from search.results import Facet
from tests.web.made import answer, counted
from web import params
from web.presenters import facets


def request(query: str) -> SearchRequest:
    return params.read(parse_qs(query), strict=True)


def test_a_value_leads_to_the_search_with_it_and_a_chosen_one_to_the_search_without() -> None:
    tags = Facet("tag", (counted("sea", 8, selected=True), counted("war", 4)), distinct=2)
    (box,) = facets.boxes(answer(request("q=x&tag=sea"), facets=(tags,)))
    assert [(v.label, v.count, v.selected, v.share, v.url) for v in box.values] == [
        ("sea", 8, True, 100, "/search?q=x"),
        ("war", 4, False, 50, "/search?q=x&tag=sea&tag=war"),
    ]


def test_a_facet_with_more_values_leads_to_all_of_them() -> None:
    tags = Facet("tag", (counted("sea", 8),), distinct=30)
    (box,) = facets.boxes(answer(request("q=x&page=2"), facets=(tags,)))
    assert box.more == "/facets/tag?q=x"


def test_a_facet_without_values_is_not_shown() -> None:
    assert facets.boxes(answer(facets=(Facet("publication"),))) == ()


def test_months_are_shown_when_their_year_or_one_of_them_is_chosen() -> None:
    march = counted("2024-03", 3, selected=True)
    dates = Facet("date", (counted("2024", 5, children=(march,)), counted("2023", 1, children=(march,))), 2)
    closed = Facet("date", (counted("2024", 5, children=(counted("2024-03", 3),)),), 1)
    (box,) = facets.boxes(answer(request("date=2024-03"), facets=(dates,)))
    assert [child.label for child in box.values[0].children] == ["March"]
    assert facets.boxes(answer(facets=(closed,)))[0].values[0].children == ()


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
