"""The facet of dates: years divided into months, months into days, as far as each date is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from search.engines.whoosh.arrays import Bools
from search.engines.whoosh.columns import Numbers
from search.engines.whoosh.rows import UNDATED
from search.model import Period
from search.results import Facet, FacetValue

_LENGTHS = (len("2025"), len("2025-03"), len("2025-03-02"))
"""Characters of a date's first one, two and three levels in ISO 8601."""


def in_period(period: Period, numbers: Numbers) -> Bools:
    """Which posts' own period lies wholly in this one."""
    first, last = period.first_day.toordinal(), period.last_day.toordinal()
    mask: Bools = (numbers.first_day >= first) & (numbers.last_day <= last) & (numbers.level != UNDATED)
    return mask


def count_dates(passing: Bools, numbers: Numbers, chosen: frozenset[str], prefix: str) -> Facet:
    """Count posts by year, month and day, newest first; only what goes on from the prefix, or leads to it.

    A post is counted in as many levels as its date has, so a year can have more posts than its months.
    """
    dated = passing & (numbers.level != UNDATED)
    # One whole number a post that tells its first day and its level: there are far fewer than posts.
    days, counts = np.unique(numbers.first_day[dated] * 4 + numbers.level[dated], return_counts=True)
    known = [
        _Day(date.fromordinal(day // 4).isoformat()[: _LENGTHS[day % 4 - 1]], count)
        for day, count in zip(days.tolist(), counts.tolist(), strict=True)
    ]
    tree = _Tree(chosen, prefix)
    years = tuple(tree.values(sorted(known, key=lambda day: day.value, reverse=True), level=0))
    missing = sorted(value for value in chosen if value not in tree.seen)
    unlisted = tuple(_selected(value, passing, numbers) for value in missing)
    return Facet("date", years + unlisted, len(years))


def _selected(value: str, passing: Bools, numbers: Numbers) -> FacetValue:
    count = int(np.count_nonzero(passing & in_period(Period.parse(value), numbers)))
    return FacetValue(value, value, count, selected=True)


@dataclass(frozen=True, slots=True)
class _Day:
    value: str
    count: int


class _Tree:
    def __init__(self, chosen: frozenset[str], prefix: str) -> None:
        self._chosen = chosen
        self._prefix = prefix
        self.seen: set[str] = set()

    def values(self, days: list[_Day], level: int) -> Iterator[FacetValue]:
        """The values of one level, newest first, each with those of the next as its children."""
        if level == len(_LENGTHS):
            return
        length = _LENGTHS[level]
        known = [day for day in days if len(day.value) >= length]
        for value, members in groupby(known, key=lambda day: day.value[:length]):
            if not (value.startswith(self._prefix) or self._prefix.startswith(value)):
                continue
            inside = list(members)
            self.seen.add(value)
            yield FacetValue(
                value,
                value,
                sum(day.count for day in inside),
                value in self._chosen,
                tuple(self.values(inside, level + 1)),
            )
