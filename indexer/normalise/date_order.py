"""Which way round `03/04/2012` is: as the other dates of its blog are, else as its language writes dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_NUMERIC = re.compile(r"\s{0,9}(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d\d)(?!\d)", re.ASCII)
_YEAR_FIRST = frozenset(["zh", "ja", "ko", "hu", "lt", "mn"])  # which say nothing of days and months
_MONTH_FIRST = frozenset(["en-us", "en-ph"])


class Order(NamedTuple):
    """Whether the day comes before the month, how sure that is, and why it is thought so."""

    day_first: bool
    confidence: float
    because: str


UNKNOWN = Order(day_first=False, confidence=0.6, because="day and month could be the other way round")
"""Month first, as most software writes it that writes slashes."""


def is_ambiguous(text: str) -> bool:
    """Whether a date begins with a day and a month that could as well be a month and a day."""
    found = _NUMERIC.match(text)
    return found is not None and found[1] != found[3] and int(found[1]) <= 12 and int(found[3]) <= 12


def order_of(texts: Iterable[str]) -> Order | None:
    """The order of those dates that can be read in one way only; None where there are none, or of both."""
    seen: set[bool] = set()
    for text in texts:
        if (found := _NUMERIC.match(text)) and (int(found[1]) > 12) != (int(found[3]) > 12):
            seen.add(int(found[1]) > 12)
    if len(seen) != 1:
        return None
    first, second = ("day", "month") if seen == {True} else ("month", "day")
    return Order(seen == {True}, 0.9, f"{first} before {second}, as in the blog's other dates")


@lru_cache(1_000)
def order_in(language: str) -> Order:
    """The order in which a language, or English of a region (`en-GB`), writes dates."""
    tag = language.strip().lower().replace("_", "-")
    if tag in _MONTH_FIRST:
        return Order(day_first=False, confidence=0.7, because="month before day, as in American English")
    if not tag or tag == "en" or tag[:2] in _YEAR_FIRST:
        return UNKNOWN
    return Order(day_first=True, confidence=0.8, because="day before month, as in the blog's language")
