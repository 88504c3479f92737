"""When the results were written: bars of years that open into months, and months into days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from search.model import Period, Precision
from search.request import SearchRequest
from search.results import FacetValue, SearchPage
from web import links, refine
from web.language.voice import gettext
from web.presenters import words
from web.presenters.results import ticks

FEWEST_BARS = 2
"""Fewer have nothing to choose between."""

MOST_EMPTY = 4
"""Empty years in a row that are drawn. A longer run is one gap, or a single date in 1970 would make fifty."""

_TALLEST = 76  # percent of the height; the count of the tallest bar stands above it


@dataclass(frozen=True, slots=True)
class Bar:
    """A year, month or day and how many results it has, `height` in percent.

    `name` is all of it in words. A gap has no `url`: nothing was written then.
    """

    label: str
    name: str = ""
    url: str = ""
    count: str = ""
    height: int = 0
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars of a `unit` (`years`, `months`, `days`) in the order of time.

    `out` leads one step back and is called `out_text`; both are empty where nothing is chosen.
    """

    title: str
    unit: str
    bars: tuple[Bar, ...]
    out: str
    out_text: str


def timeline(page: SearchPage) -> Timeline | None:
    """The timeline of a search; None where the dates were not counted or there is nothing to choose from.

    Counts are those of the facet, which leave out the dates chosen in it. What has no results is not shown
    divided: the years are, then.
    """
    if "date" not in page.facets:
        return None
    counted = {value.value: value for value in _all(page.facets["date"].values) if value.count}
    chosen = page.request.filters.dates
    for shown in _candidates(chosen, counted):
        bars = tuple(_bars(page.request, shown, counted))
        if sum(bar.url != "" for bar in bars) >= (1 if chosen else FEWEST_BARS):
            return Timeline(_title(shown), _unit(shown), bars, *_out(page.request))
    return None


def _candidates(chosen: tuple[Period, ...], counted: Mapping[str, FacetValue]) -> Iterator[Period | None]:
    """What may be shown divided, the nearest first; None stands for all years."""
    years = _years(counted)
    if chosen:
        first = chosen[0].first_day
        around = (Period.of(first.year, first.month), Period.of(first.year))
        yield from (period for period in around if all(_within(one, period) for one in chosen))
    elif len(years) == 1:
        yield Period.of(years[0])
    yield None


def _years(counted: Mapping[str, FacetValue]) -> list[int]:
    return sorted(int(name) for name in counted if len(name) == len("2025"))


def _all(values: tuple[FacetValue, ...]) -> Iterator[FacetValue]:
    for value in values:
        yield value
        yield from _all(value.children)


def _within(one: Period, other: Period) -> bool:
    return other.first_day <= one.first_day and one.last_day <= other.last_day


def _parts(period: Period) -> Iterator[Period]:
    """The months of a year, or the days of a month."""
    first, last = period.first_day, period.last_day
    if period.precision is Precision.YEAR:
        yield from (Period.of(first.year, month) for month in range(first.month, last.month + 1))
    else:
        yield from (Period.of(first.year, first.month, day) for day in range(first.day, last.day + 1))


def _run(years: list[int]) -> Iterator[Period | None]:
    """Every year from the first to the last; None stands for a long run of empty ones."""
    before = None
    for year in years:
        if before is not None and year - before - 1 > MOST_EMPTY:
            yield None
        elif before is not None:
            yield from map(Period.of, range(before + 1, year))
        yield Period.of(year)
        before = year


def _bars(request: SearchRequest, shown: Period | None, counted: Mapping[str, FacetValue]) -> Iterator[Bar]:
    leading = links.narrowing(request, "date")
    periods = tuple(_parts(shown) if shown else _run(_years(counted)))
    found = {period: counted[str(period)] for period in periods if period and str(period) in counted}
    most = max((value.count for value in found.values()), default=0)
    for period in periods:
        if period is None:
            yield Bar("…")
        elif value := found.get(period):
            yield _bar(period, value, leading, most)
        else:
            yield Bar(ticks.label(period))


def _bar(period: Period, value: FacetValue, leading: Callable[[str], str], most: int) -> Bar:
    posts = words.posts(value.count)
    return Bar(
        label=ticks.label(period),
        name=f"{words.day(period)}, {posts}",
        url=leading(value.value),
        count=ticks.count(value.count),
        height=max(1, round(_TALLEST * value.count / most)),
        chosen=value.selected,
    )


def _title(shown: Period | None) -> str:
    if shown is None:
        return gettext("Years")
    if shown.precision is Precision.YEAR:
        return gettext("Months of %(year)s", year=words.day(shown))
    return gettext("Days of %(month)s", month=words.day(shown))


def _unit(shown: Period | None) -> str:
    if shown is None:
        return "years"
    return "months" if shown.precision is Precision.YEAR else "days"


def _out(request: SearchRequest) -> tuple[str, str]:
    """The search one step out of the dates chosen, and what it is called; nothing where none are."""
    filters = request.filters
    if not (filters.dates or filters.after or filters.before):
        return "", ""
    if len(filters.dates) == 1 and (around := _around(filters.dates[0])):
        return links.search(refine.dated(request, around)), words.day(around)
    return links.search(refine.at_any_time(request)), gettext("All years")


def _around(period: Period) -> Period | None:
    """The month a day is in, the year a month is in; None for a year."""
    first = period.first_day
    match period.precision:
        case Precision.YEAR:
            return None
        case Precision.MONTH:
            return Period.of(first.year)
        case _:
            return Period.of(first.year, first.month)
