"""What stands at the bars of a timeline, where there is room for four characters."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal

from search.model import Period, Precision
from web.language.voice import speaking

_LONG = 1_000  # a count of more digits than there is room for

_PATTERNS = {Precision.YEAR: "y", Precision.MONTH: "LLL", Precision.DAY: "d", Precision.TIME: "d"}
"""The shortest of each: https://www.unicode.org/reports/tr35/tr35-dates.html#Date_Field_Symbol_Table."""


def label(period: Period) -> str:
    """The period within the one around it: `2021`, `Mar`, `2`."""
    return _label(period, speaking().formats)


def count(number: int) -> str:
    """The number in four characters or so: `715`, `1.2K`."""
    return _count(number, speaking().formats)


@lru_cache(4096)
def _label(period: Period, locale: Locale) -> str:
    return str(format_date(period.first_day, _PATTERNS[period.precision], locale)).removesuffix(".")


@lru_cache(4096)
def _count(number: int, locale: Locale) -> str:
    if number < _LONG:
        return str(format_decimal(number, locale=locale))
    return str(format_compact_decimal(number, locale=locale, fraction_digits=int(number < 10 * _LONG)))
