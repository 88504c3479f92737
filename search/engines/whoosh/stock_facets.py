"""Which posts the filters leave, and how many of them have each value of a facet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.documents import folded
from search.engines.whoosh.segment.row import UNDATED
from search.engines.whoosh.stock_columns import Columns
from search.engines.whoosh.stock_date_facet import count_dates, in_period
from search.engines.whoosh.stock_facet_column import FacetColumn
from search.request import Filters, SearchRequest
from search.results import Facet, FacetValue


@dataclass(frozen=True, slots=True)
class FilterMasks:
    """Which posts pass, one boolean a post: each facet's choice of values, and everything else.

    Only a choice of values is a facet's own filter. What excludes values or bounds the dates stays in
    force when the facet is counted, so that a count says what choosing the value would give.
    """

    chosen: Mapping[str, Bools]
    others: Bools

    @classmethod
    def of(cls, filters: Filters, columns: Columns) -> FilterMasks:
        """Evaluate all filters on all posts."""
        posts = len(columns.ids)
        chosen: dict[str, Bools] = {}
        others = _bounds(filters, columns)
        for value_filter in filters.values:
            having = columns.facets[value_filter.facet].having(value_filter.values, posts)
            if value_filter.excluded:
                others &= ~having
            else:
                chosen[value_filter.facet] = having & chosen.get(value_filter.facet, having)
        if filters.dates:
            in_any = [in_period(period, columns.numbers) for period in filters.dates]
            chosen["date"] = np.logical_or.reduce(in_any)
        return cls(chosen, others)

    def passing(self, matched: Bools, without: str | None = None) -> Bools:
        """Those of the matched posts that pass all filters, or all but one facet's own."""
        passing = matched & self.others
        for facet, mask in self.chosen.items():
            if facet != without:
                passing &= mask
        return passing


def count_facets(
    request: SearchRequest, matched: Bools, masks: FilterMasks, columns: Columns
) -> dict[str, Facet]:
    """Count the facets that a request asks for."""
    return {
        name: _count(name, request, masks.passing(matched, without=name), columns) for name in request.facets
    }


def _count(name: str, request: SearchRequest, passing: Bools, columns: Columns) -> Facet:
    chosen = request.filters.chosen(name)
    prefix = folded(request.facet_prefix)
    if name == "date":
        return count_dates(passing, columns.numbers, frozenset(chosen), prefix)
    column = columns.facets[name]
    counts = column.counts(passing)
    listed = np.flatnonzero(_starting(column, prefix) & (counts > 0))
    # Values are in alphabetical order, and a stable sort keeps equally frequent ones in it.
    frequent = listed[np.argsort(-counts[listed], kind="stable")].tolist()
    selected = {folded(value): value for value in chosen}
    values = [
        FacetValue(
            column.labels[code], column.labels[code], int(counts[code]), column.values[code] in selected
        )
        for place, code in enumerate(frequent)
        if place < request.facet_size or column.values[code] in selected
    ]
    return Facet(name, (*values, *_unlisted(selected, values, column, counts)), len(frequent))


def _unlisted(
    selected: Mapping[str, str], listed: Sequence[FacetValue], column: FacetColumn, counts: Ints
) -> Iterator[FacetValue]:
    """The selected values that nothing else lists: so that each can be taken back."""
    shown = {folded(value.value) for value in listed}
    for value, written in selected.items():
        if value not in shown:
            code = column.code_of.get(value)
            label, count = (written, 0) if code is None else (column.labels[code], int(counts[code]))
            yield FacetValue(label, label, count, selected=True)


def _starting(column: FacetColumn, prefix: str) -> Bools:
    """Which values have a word that begins with the folded prefix."""
    if not prefix:
        return np.ones(len(column.values), bool)
    begins = re.compile(rf"(?<!\w){re.escape(prefix)}").search
    return np.array([begins(value) is not None for value in column.values], bool)


def _bounds(filters: Filters, columns: Columns) -> Bools:
    numbers = columns.numbers
    mask = np.ones(len(columns.ids), bool)
    if filters.after or filters.before:
        mask &= numbers.level != UNDATED
    if filters.after:
        mask &= numbers.first_day >= filters.after.first_day.toordinal()
    if filters.before:
        mask &= numbers.last_day <= filters.before.last_day.toordinal()
    return mask
