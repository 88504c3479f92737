"""The dates of a query: `date:2024`, `date:2019..2021`, `after:2024-03`, `before:2024`."""

from __future__ import annotations

import re

from search.model import InvalidPeriod, Period
from search.query.ast import DateRange

DATE_FIELDS = ("date", "after", "before")

_ENDS = re.compile(r"(.*?)\.\.+(.*)", re.DOTALL)


def date_range(field: str, text: str) -> DateRange:
    """The days a date field means; raises `InvalidPeriod`, also for a range that ends before it begins."""
    match field:
        case "after":
            return DateRange(first=_period(text))
        case "before":
            return DateRange(last=_period(text))
    if (ends := _ENDS.fullmatch(text)) is None:
        day = _period(text)
        return DateRange(day, day)
    first, last = (_period(end) if end else None for end in ends.groups())
    if first is None and last is None:
        raise InvalidPeriod("a range needs a date at one end")
    if first and last and first.first_day > last.last_day:
        raise InvalidPeriod(f"{text!r} ends before it begins")
    return DateRange(first, last)


def _period(text: str) -> Period:
    """A date, with slashes for hyphens if you like."""
    return Period.parse(text.replace("/", "-"))
