"""Dates and numbers as readers of a language and country write them, by Unicode's CLDR.

Each is asked for a hundred times a page and takes Babel some 20 µs, so what was written before is remembered.
"""

from __future__ import annotations

from functools import lru_cache
from typing import assert_never

from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.numbers import format_decimal, format_percent

from search.model import Period, Precision
from web.language.voice import Voice, speaking

REMEMBERED = 4096
"""Dates, and numbers, in any language."""


def number(count: int) -> str:
    """`1,234`."""
    return _number(speaking(), count)


def percent(share: float) -> str:
    """`90%` of a share from 0 to 1."""
    return str(format_percent(share, locale=speaking().formats))


def day(period: Period) -> str:
    """The date as a sentence has it: `2 March 2025`, `March 2025`, `2025`; a time is its day."""
    return _day(speaking(), period)


def day_of(text: str) -> str:
    """The same of a period as ISO 8601 has it: `2025-03`. All answers list years and months so."""
    return _day_of(speaking(), text)


def moment(period: Period) -> str:
    """The date as exactly as it is known: `2 March 2025, 16:12 UTC`."""
    return _moment(speaking(), period)


def within_larger(period: Period) -> str:
    """A period as it is called in the year or month it is part of: `March`, `2 March`."""
    return _within_larger(speaking(), period)


@lru_cache(REMEMBERED)
def _number(voice: Voice, count: int) -> str:
    return str(format_decimal(count, locale=voice.formats))


@lru_cache(REMEMBERED)
def _day(voice: Voice, period: Period) -> str:
    match period.precision:
        case Precision.YEAR:
            return str(format_skeleton("y", period.start, locale=voice.formats))
        case Precision.MONTH:
            return str(format_skeleton("yMMMM", period.start, locale=voice.formats))
        case Precision.DAY | Precision.TIME:
            return str(format_date(period.first_day, "long", locale=voice.formats))
        case unreachable:
            assert_never(unreachable)


@lru_cache(REMEMBERED)
def _day_of(voice: Voice, text: str) -> str:
    return _day(voice, Period.parse(text))


@lru_cache(REMEMBERED)
def _moment(voice: Voice, period: Period) -> str:
    shown = _day(voice, period)
    if period.precision is not Precision.TIME:
        return shown
    clock = f"{format_time(period.start, 'short', locale=voice.formats)} UTC"
    joined = str(get_datetime_format("medium", locale=voice.formats))
    return joined.replace("'", "").replace("{0}", clock).replace("{1}", shown)


@lru_cache(REMEMBERED)
def _within_larger(voice: Voice, period: Period) -> str:
    match period.precision:
        case Precision.YEAR:
            return _day(voice, period)
        case Precision.MONTH:
            return str(format_date(period.first_day, "LLLL", locale=voice.formats))
        case Precision.DAY | Precision.TIME:
            return str(format_skeleton("MMMMd", period.start, locale=voice.formats))
        case unreachable:
            assert_never(unreachable)
