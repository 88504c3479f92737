"""The bars of a timeline are links from years to months to days, and one step back."""

from __future__ import annotations

from urllib.parse import parse_qs

from search.results import Facet, FacetValue
from tests.web.made import answer, counted
from web import params
from web.presenters.results.timeline import Timeline, timeline

MARCH = counted("2024-03", 3, children=(counted("2024-03-02", 2), counted("2024-03-31", 1)))
Y2024 = counted("2024", 4, children=(counted("2024-12", 1), MARCH))
Y2021 = counted("2021", 1_500, children=(counted("2021-05", 1_500),))


def made(query: str, *years: FacetValue) -> Timeline | None:
    request = params.read(parse_qs(query), strict=True)
    return timeline(answer(request, facets=(Facet("date", years, len(years)),)))


def shown(query: str, *years: FacetValue) -> Timeline:
    found = made(query, *years)
    assert found is not None
    return found


def test_years_stand_in_order_with_gaps_between_them() -> None:
    found = shown("q=x&tag=a&page=3", Y2024, Y2021)
    assert (found.title, found.unit, found.out) == ("Years", "years", "")
    assert [(bar.label, bar.name, bar.count, bar.url) for bar in found.bars] == [
        ("2021", "2021, 1,500 posts", "1.5K", "/search?q=x&tag=a&date=2021"),
        ("2022", "", "", ""),
        ("2023", "", "", ""),
        ("2024", "2024, 4 posts", "4", "/search?q=x&tag=a&date=2024"),
    ]


def test_the_largest_bar_is_the_tallest_and_the_smallest_can_be_seen() -> None:
    heights = [bar.height for bar in shown("", Y2024, Y2021).bars]
    assert heights == [76, 0, 0, 1]


def test_a_year_opens_into_its_months_and_leads_back_to_all_years() -> None:
    found = shown("q=x&date=2024", Y2024, Y2021)
    assert (found.title, found.unit, len(found.bars)) == ("Months of 2024", "months", 12)
    march = found.bars[2]
    assert (march.label, march.name, march.url) == ("Mar", "March 2024, 3 posts", "/search?q=x&date=2024-03")
    assert (found.out, found.out_text) == ("/search?q=x", "All years")


def test_a_month_opens_into_its_days_and_leads_back_to_its_year() -> None:
    found = shown("q=x&date=2024-03", Y2024)
    assert (found.title, found.unit, len(found.bars)) == ("Days of March 2024", "days", 31)
    assert [bar.label for bar in found.bars if bar.url] == ["2", "31"]
    assert found.bars[1].url == "/search?q=x&date=2024-03-02"
    assert (found.out, found.out_text) == ("/search?q=x&date=2024", "2024")


def test_a_chosen_day_is_marked_and_leads_back_to_its_month() -> None:
    days = (counted("2024-03-02", 2, selected=True), counted("2024-03-31", 1))
    found = shown("date=2024-03-02", counted("2024", 3, children=(counted("2024-03", 3, children=days),)))
    assert [bar.label for bar in found.bars if bar.chosen] == ["2"]
    assert (found.out, found.out_text) == ("/search?date=2024-03", "March 2024")


def test_several_chosen_years_are_marked_among_all() -> None:
    years = (counted("2024", 4, selected=True), counted("2022", 1), counted("2021", 2, selected=True))
    found = shown("date=2024&date=2021", *years)
    assert [bar.label for bar in found.bars if bar.chosen] == ["2021", "2024"]
    assert found.bars[1].url == "/search?date=2022"
    assert found.out == "/search"


def test_a_range_of_dates_is_kept_by_the_bars_and_left_by_the_way_out() -> None:
    found = shown("q=x&after=2021&before=2024", Y2024, Y2021)
    assert found.bars[0].url == "/search?q=x&date=2021&after=2021&before=2024"
    assert found.out == "/search?q=x"


def test_results_of_one_year_show_its_months_at_once() -> None:
    assert shown("q=x", Y2024).title == "Months of 2024"


def test_results_of_one_time_have_no_timeline() -> None:
    assert made("q=x", Y2021) is None
    assert made("q=x") is None
    assert timeline(answer(facets=())) is None


def test_a_chosen_year_without_results_shows_those_that_have_some() -> None:
    found = shown("date=1999", counted("1999", 0, selected=True), Y2024, Y2021)
    assert (found.title, len(found.bars)) == ("Years", 4)
    assert made("date=1999", counted("1999", 0, selected=True)) is None


def test_a_far_away_year_does_not_make_a_bar_of_each_between() -> None:
    found = shown("", Y2024, counted("1971", 1), counted("0001", 1))
    assert [bar.label for bar in found.bars] == ["1", "…", "1971", "…", "2024"]
    assert found.bars[0].url == "/search?date=0001"
