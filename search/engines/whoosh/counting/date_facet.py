"""The facet of dates: years divided into months, a chosen month into days, as far as a date is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np

from search.engines.whoosh.columns.numbers import Numbers
from search.engines.whoosh.columns.selection import Selection
from search.engines.whoosh.counting.counted import counted
from search.model import Period
from search.results import Facet, FacetValue

_MONTH: Final = len("2025-03")


def count_dates(selection: Selection, numbers: Numbers, chosen: frozenset[str], prefix: str) -> Facet:
    """Count posts by year and month, newest first; only what goes on from the prefix, or leads to it.

    Days are counted in months that are chosen, have a chosen day or are the prefix: years of days are
    long to list. A post is counted in as many levels as its date has, so a year can have more posts than
    its months. Chosen periods without any post are listed as well.
    """
    values = tuple(_Dates(selection, numbers, chosen, prefix).years())
    missing = sorted(chosen.difference(_names(values))) if chosen else []
    return Facet("date", values + tuple(_selected(name, selection, numbers) for name in missing), len(values))


@dataclass(frozen=True, slots=True)
class _Dates:
    """One counting of dates."""

    selection: Selection
    numbers: Numbers
    chosen: frozenset[str]
    prefix: str

    def years(self) -> Iterator[FacetValue]:
        """The years that have posts, with their months."""
        of_periods = self.numbers.counts(self.selection)
        periods = of_periods.nonzero()[0][::-1]
        if not len(periods):
            return
        counts = of_periods.take(periods)
        months = list(map(counted, map(self.numbers.months.__getitem__, periods.tolist()), counts.tolist()))
        years = self.numbers.years.take(periods)
        first = [0, *((years[1:] != years[:-1]).nonzero()[0] + 1).tolist()]
        totals = np.add.reduceat(counts, first).tolist()
        bounds = pairwise([*first, len(periods)])
        for year, count, (begin, end) in zip(years.take(first).tolist(), totals, bounds, strict=True):
            # What is known by its year alone is in no month, and comes last.
            inside = months[begin:end] if months[end - 1].value else months[begin : end - 1]
            if self.chosen or self.prefix:
                inside = list(self._listed(inside, periods[begin:end].tolist()))
            name = f"{year:04}"
            if self._is_listed(name):
                yield FacetValue(name, name, count, name in self.chosen, tuple(inside))

    def _listed(self, months: Sequence[FacetValue], periods: Sequence[int]) -> Iterator[FacetValue]:
        """Those of the months that are listed, with their days where these are."""
        opened = {name[:_MONTH] for name in (*self.chosen, self.prefix)}
        for month, period in zip(months, periods, strict=False):
            name = month.value
            if self._is_listed(name):
                days = tuple(self._days(period)) if name in opened else ()
                yield FacetValue(name, name, month.count, name in self.chosen, days)

    def _days(self, period: int) -> Iterator[FacetValue]:
        for day, count in zip(*self.numbers.days(self.selection, period), strict=True):
            name = date.fromordinal(day).isoformat()
            if self._is_listed(name):
                yield counted(name, count, name in self.chosen)

    def _is_listed(self, name: str) -> bool:
        return name.startswith(self.prefix) or self.prefix.startswith(name)


def _names(values: tuple[FacetValue, ...]) -> Iterator[str]:
    for value in values:
        yield value.value
        yield from _names(value.children)


def _selected(value: str, selection: Selection, numbers: Numbers) -> FacetValue:
    period = Period.parse(value)
    within = numbers.within(period.first_day, period.last_day)
    return FacetValue(value, value, int(np.count_nonzero(within[selection.posts])), selected=True)
