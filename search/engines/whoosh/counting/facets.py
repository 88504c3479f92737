"""Which posts the filters leave, and how many of them have each value of a facet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.cache import Cache
from search.engines.whoosh.columns.columns import Columns
from search.engines.whoosh.columns.facet_column import FacetColumn
from search.engines.whoosh.columns.selection import Selection
from search.engines.whoosh.counting.counted import counted
from search.engines.whoosh.counting.date_facet import count_dates
from search.engines.whoosh.counting.ordering import highest
from search.engines.whoosh.values import folded
from search.model import Period
from search.request import FacetOrder, Filters, SearchRequest, ValueFilter
from search.results import Facet, FacetValue


@dataclass(frozen=True, slots=True)
class FilterMasks:
    """Which posts pass, one boolean a post: each facet's choice of values, and everything else.

    Only a choice of values is a facet's own filter. What excludes values or bounds the dates stays in
    force when the facet is counted, so that a count says what choosing the value would give.
    """

    chosen: Mapping[str, Bools]
    others: tuple[Bools, ...]

    @classmethod
    def of(cls, filters: Filters, columns: Columns, cache: Cache) -> FilterMasks:
        """Evaluate all filters on all posts, or take what the cache has of them."""
        chosen: dict[str, Bools] = {}
        others: list[Bools] = []
        for each in filters.values:
            key = ("filter", each.facet, each.excluded, each.values)
            mask = cache.get(key, partial(_passing, each, columns))
            if each.excluded:
                others.append(mask)
            else:
                chosen[each.facet] = mask & chosen[each.facet] if each.facet in chosen else mask
        if filters.dates:
            chosen["date"] = cache.get(("dates", filters.dates), lambda: _in_any(filters.dates, columns))
        if filters.after or filters.before:
            bounds = (filters.after, filters.before)
            others.append(cache.get(("bounds", *bounds), lambda: _between(*bounds, columns)))
        return cls(chosen, tuple(others))

    def select(self, selection: Selection, without: str | None = None) -> Selection:
        """Those of the posts that pass all filters, or all but one facet's own, in the same order."""
        masks = self._masks(without)
        if not masks:
            return selection
        if selection.chosen is None:
            passing = masks[0] if len(masks) == 1 else np.logical_and.reduce(masks)
            return Selection(passing.nonzero()[0], selection.total)
        return Selection(selection.posts.take(self.places(selection.posts, without)), selection.total)

    def places(self, posts: Ints, without: str | None = None) -> Ints:
        """The places of those of these posts that pass all filters, or all but one facet's own."""
        passing = [mask.take(posts) for mask in self._masks(without)]
        if not passing:
            return np.arange(len(posts))
        places: Ints = np.logical_and.reduce(passing).nonzero()[0]
        return places

    def _masks(self, without: str | None) -> list[Bools]:
        return [*self.others, *(mask for facet, mask in self.chosen.items() if facet != without)]


def count_facets(
    request: SearchRequest,
    posts: Ints | None,
    masks: FilterMasks,
    columns: Columns,
    passing: Ints | None = None,
) -> dict[str, Facet]:
    """Count the facets that a request asks for.

    `posts` are the numbers of those that match before filters, unique and in any order; None for all.
    `passing` are those of them that pass the filters, where that is known.
    """
    if not request.facets:
        return {}
    matched = Selection(posts, columns.posts)
    left = masks.select(matched) if passing is None else Selection(passing, columns.posts)
    return {
        name: _count(name, request, masks.select(matched, name) if name in masks.chosen else left, columns)
        for name in request.facets
    }


def _count(name: str, request: SearchRequest, selection: Selection, columns: Columns) -> Facet:
    chosen = request.filters.chosen(name)
    prefix = folded(request.facet_prefix)
    offset = request.facet_offset
    if name == "date":
        dates = count_dates(selection, columns.numbers, frozenset(chosen), prefix)
        return replace(dates, values=dates.values[offset : dates.distinct]) if offset else dates
    column = columns.facets[name]
    counts = column.counts(selection)
    listed = column.starting(prefix) if prefix else None
    offered = counts if listed is None else counts[listed]
    first = _IN_ORDER[request.facet_order](offered, offset + request.facet_size)[offset:]
    codes = first if listed is None else listed[first]
    if chosen and offset:
        selected = {column.find(folded(value)) for value in chosen}
        values = _labelled(column, counts, codes.tolist(), selected)
    elif chosen:
        values = _with_chosen(codes.tolist(), chosen, column, counts, listed)
    else:
        values = _labelled(column, counts, codes.tolist())
    return Facet(name, tuple(values), int(np.count_nonzero(offered)))


def _most_frequent(counts: Ints, size: int) -> Ints:
    """The codes that are counted at all and most often, equally frequent ones in alphabetical order."""
    codes = highest(counts, size)
    return codes[counts[codes] > 0]


def _first_by_name(counts: Ints, size: int) -> Ints:
    """The first codes that are counted at all, which are in alphabetical order."""
    first: Ints = counts.nonzero()[0][:size]
    return first


_IN_ORDER = {FacetOrder.COUNT: _most_frequent, FacetOrder.NAME: _first_by_name}


def _labelled(
    column: FacetColumn, counts: Ints, codes: Sequence[int], selected: Collection[int] = ()
) -> list[FacetValue]:
    return [
        counted(column.label(code), count, code in selected)
        for code, count in zip(codes, counts[codes].tolist(), strict=True)
    ]


def _with_chosen(
    codes: list[int], chosen: Iterable[str], column: FacetColumn, counts: Ints, listed: Ints | None
) -> list[FacetValue]:
    """The values of these codes and all that are chosen, so that each can be taken back.

    Chosen values that would be listed further on follow in that order, then those that would not be.
    """
    written = {folded(value): value for value in chosen}
    code_of = {value: column.find(value) for value in written}
    known = sorted(
        {code for code in code_of.values() if code >= 0}.difference(codes),
        key=lambda code: (-counts[code], code),
    )
    further = [code for code in known if counts[code] and (listed is None or code in listed)]
    values = _labelled(column, counts, [*codes, *further], frozenset(code_of.values()))
    for value, code in code_of.items():
        if code < 0:
            values.append(FacetValue(written[value], written[value], 0, selected=True))
        elif code not in codes and code not in further:
            values += _labelled(column, counts, [code], {code})
    return values


def _passing(value_filter: ValueFilter, columns: Columns) -> Bools:
    having = columns.facets[value_filter.facet].having(value_filter.values)
    return ~having if value_filter.excluded else having


def _in_any(periods: tuple[Period, ...], columns: Columns) -> Bools:
    within = [columns.numbers.within(period.first_day, period.last_day) for period in periods]
    passing: Bools = np.logical_or.reduce(within)
    return passing


def _between(after: Period | None, before: Period | None, columns: Columns) -> Bools:
    return columns.numbers.within(after.first_day if after else None, before.last_day if before else None)
