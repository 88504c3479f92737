"""The facet of dates: years divided into months, a chosen month into days, as far as a date is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np

from search.engines.whoosh.numbers import Numbers
from search.engines.whoosh.selection import Selection
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


class _Dates:
    """One counting of dates, level by level."""

    def __init__(self, selection: Selection, numbers: Numbers, chosen: frozenset[str], prefix: str) -> None:
        self._selection = selection
        self._numbers = numbers
        self._chosen = chosen
        self._prefix = prefix
        self._open = frozenset(name[:_MONTH] for name in (*chosen, prefix) if len(name) >= _MONTH)

    def years(self) -> Iterator[FacetValue]:
        """The years that have posts, with their months."""
        counts = self._numbers.counts(self._selection)
        periods = np.flatnonzero(counts)[::-1]
        year, total = "", 0
        months: list[FacetValue] = []
        for period, count in zip(periods.tolist(), counts[periods].tolist(), strict=True):
            of_year, month = self._numbers.names[period]
            if of_year != year:
                yield from self._value(year, total, months)
                year, total, months = of_year, 0, []
            total += count
            if month:
                days = list(self._days(period)) if month in self._open else []
                months += self._value(month, count, days)
        yield from self._value(year, total, months)

    def _days(self, period: int) -> Iterator[FacetValue]:
        for day, count in zip(*self._numbers.days(self._selection, period), strict=True):
            yield from self._value(date.fromordinal(day).isoformat(), count, [])

    def _value(self, name: str, count: int, children: list[FacetValue]) -> Iterator[FacetValue]:
        if name and (name.startswith(self._prefix) or self._prefix.startswith(name)):
            yield FacetValue(name, name, count, name in self._chosen, tuple(children))


def _names(values: tuple[FacetValue, ...]) -> Iterator[str]:
    for value in values:
        yield value.value
        yield from _names(value.children)


def _selected(value: str, selection: Selection, numbers: Numbers) -> FacetValue:
    period = Period.parse(value)
    within = numbers.within(period.first_day, period.last_day)
    return FacetValue(value, value, int(np.count_nonzero(within[selection.posts])), selected=True)
