"""Searches one step away from another: what the links of a search page lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from search.model import Period
from search.query.parser import parse
from search.request import FacetOrder, Filters, Scope, SearchRequest, Sort, ValueFilter
from search.text.words import fold


def toggled(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """With the value of a facet chosen, or no longer chosen where it was."""
    if facet == "date":
        dates = _toggled_dates(request.filters.dates, Period.parse(value))
        return _filtered(request, replace(request.filters, dates=dates))
    chosen = request.filters.chosen(facet)
    kept = tuple(other for other in chosen if fold(other) != fold(value))
    return _with_values(request, facet, kept if len(kept) < len(chosen) else (*chosen, value), excluded=False)


def narrowed(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """With this value alone chosen in a facet."""
    if facet == "date":
        return dated(request, Period.parse(value))
    return _with_values(request, facet, (value,), excluded=False)


def including(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """With the value of a facet no longer excluded."""
    excluded = (v for f in request.filters.values if f.facet == facet and f.excluded for v in f.values)
    return _with_values(request, facet, (v for v in excluded if fold(v) != fold(value)), excluded=True)


def excluding(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """With the value of a facet excluded, and no longer chosen where it was."""
    chosen = (v for v in request.filters.chosen(facet) if fold(v) != fold(value))
    excluded = (v for f in request.filters.values if f.facet == facet and f.excluded for v in f.values)
    left = _with_values(request, facet, chosen, excluded=False)
    return _with_values(left, facet, (*excluded, value), excluded=True)


def without_after(request: SearchRequest) -> SearchRequest:
    """With results from any day on."""
    return _filtered(request, replace(request.filters, after=None))


def without_before(request: SearchRequest) -> SearchRequest:
    """With results until any day."""
    return _filtered(request, replace(request.filters, before=None))


def dated(request: SearchRequest, period: Period | None) -> SearchRequest:
    """With this period alone chosen; with None, none."""
    return _filtered(request, replace(request.filters, dates=(period,) if period else ()))


def at_any_time(request: SearchRequest) -> SearchRequest:
    """Without anything about dates."""
    return _filtered(request, replace(request.filters, dates=(), after=None, before=None))


def without_filters(request: SearchRequest) -> SearchRequest:
    """Of the same words, wherever they are."""
    return replace(request, filters=Filters(), scope=Scope.ALL, page=1)


def asking(request: SearchRequest, text: str) -> SearchRequest:
    """For other words, with the same filters."""
    return replace(request, query=parse(text), page=1)


def sorted_by(request: SearchRequest, sort: Sort) -> SearchRequest:
    """In another order, from the first page."""
    return replace(request, sort=sort, page=1)


def ordered_by(request: SearchRequest, order: FacetOrder) -> SearchRequest:
    """With the values of facets in another order."""
    return replace(request, facet_order=order)


def within(request: SearchRequest, scope: Scope) -> SearchRequest:
    """With the words looked for elsewhere."""
    return replace(request, scope=scope, page=1)


def on_page(request: SearchRequest, page: int) -> SearchRequest:
    """Another page of the same results."""
    return replace(request, page=page)


def as_shown(request: SearchRequest) -> SearchRequest:
    """As the search page asks it, of a search that was only asked for the values of a facet."""
    default = SearchRequest()
    return replace(request, facets=default.facets, size=default.size, generation=default.generation)


def _with_values(
    request: SearchRequest, facet: str, values: Iterable[str], *, excluded: bool
) -> SearchRequest:
    others = [f for f in request.filters.values if (f.facet, f.excluded) != (facet, excluded)]
    changed = ValueFilter(facet, tuple(values), excluded=excluded)
    kept = (*others, changed) if changed.values else tuple(others)
    return _filtered(request, replace(request.filters, values=kept))


def _filtered(request: SearchRequest, filters: Filters) -> SearchRequest:
    return replace(request, filters=filters, page=1)


def _toggled_dates(chosen: tuple[Period, ...], period: Period) -> tuple[Period, ...]:
    """Choosing a month takes its year's place, and a year its months'; other periods stay."""
    if period in chosen:
        return tuple(other for other in chosen if other != period)
    return (*(other for other in chosen if not _overlap(other, period)), period)


def _overlap(one: Period, other: Period) -> bool:
    return one.first_day <= other.last_day and other.first_day <= one.last_day
