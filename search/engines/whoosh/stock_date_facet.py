"""The facet of dates: years divided into months, a chosen month into days, as far as a date is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from search.engines.whoosh.arrays import Bools
from search.engines.whoosh.segment.row import UNDATED
from search.engines.whoosh.stock_columns import Numbers
from search.model import Period
from search.results import Facet, FacetValue

_DAYS_BEFORE_1970 = date(1970, 1, 1).toordinal()

_LENGTHS = (len("2025"), len("2025-03"), len("2025-03-02"))
"""Characters of a date's first one, two and three levels in ISO 8601."""


_MONTH = _LENGTHS[1]
_LEVELS_OF_MONTHS = 2


def in_period(period: Period, numbers: Numbers) -> Bools:
    """Which posts' own period lies wholly in this one."""
    first, last = period.first_day.toordinal(), period.last_day.toordinal()
    mask: Bools = (numbers.first_day >= first) & (numbers.last_day <= last) & (numbers.level != UNDATED)
    return mask


def count_dates(passing: Bools, numbers: Numbers, chosen: frozenset[str], prefix: str) -> Facet:
    """Count posts by year and month, newest first; only what goes on from the prefix, or leads to it.

    Days are counted in months that are chosen, have a chosen day or are the prefix: years of days are
    long to list. A post is counted in as many levels as its date has, so a year can have more posts than
    its months. Chosen periods without any post are listed as well.
    """
    open_months = frozenset(name[:_MONTH] for name in (*chosen, prefix) if len(name) >= _MONTH)
    values = tuple(_listed(_grow(passing, numbers, open_months).inside, chosen, prefix))
    missing = sorted(chosen.difference(_names(values))) if chosen else []
    return Facet("date", values + tuple(_selected(name, passing, numbers) for name in missing), len(values))


@dataclass(slots=True)
class _Branch:
    """How many posts there are in a period, and the periods in it by name, newest first."""

    count: int = 0
    inside: dict[str, _Branch] = field(default_factory=dict)


def _grow(passing: Bools, numbers: Numbers, open_months: frozenset[str]) -> _Branch:
    dated = passing & (numbers.level != UNDATED)
    # One whole number for first day and level together: there are far fewer of them than posts.
    day_and_level, counts = np.unique(numbers.first_day[dated] * 4 + numbers.level[dated], return_counts=True)
    days = np.datetime_as_string((day_and_level // 4 - _DAYS_BEFORE_1970).astype("datetime64[D]"))
    root = _Branch()
    newest_first = zip(
        days[::-1].tolist(), (day_and_level[::-1] % 4).tolist(), counts[::-1].tolist(), strict=True
    )
    for day, level, count in newest_first:
        branch = root
        for length in _LENGTHS[: level if day[:_MONTH] in open_months else min(level, _LEVELS_OF_MONTHS)]:
            branch = branch.inside.setdefault(day[:length], _Branch())
            branch.count += count
    return root


def _listed(branches: dict[str, _Branch], chosen: frozenset[str], prefix: str) -> Iterator[FacetValue]:
    for name, branch in branches.items():
        if name.startswith(prefix) or prefix.startswith(name):
            children = tuple(_listed(branch.inside, chosen, prefix))
            yield FacetValue(name, name, branch.count, name in chosen, children)


def _names(values: tuple[FacetValue, ...]) -> Iterator[str]:
    for value in values:
        yield value.value
        yield from _names(value.children)


def _selected(value: str, passing: Bools, numbers: Numbers) -> FacetValue:
    count = int(np.count_nonzero(passing & in_period(Period.parse(value), numbers)))
    return FacetValue(value, value, count, selected=True)
