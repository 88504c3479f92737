"""Dates in every form that exports, feeds and pages have them, with as much as they say and no more.

A missing day is never made up, and a date that is missing or impossible is never "now". What had to be
guessed is told. The forms are tried from the fastest (ISO 8601, millions a second) to the most forgiving
(dateutil, thousands).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from dateutil import parser as dateutil_parser

from indexer.normalise.date_order import UNKNOWN, Order, is_ambiguous
from indexer.normalise.months import MONTHS, ZONES
from search.model import InvalidPeriod, Period, Precision

_LONGEST = 100
_EARLIEST_YEAR = 1000  # diaries of old are published as blogs, with their own dates
_UNSET = datetime(1970, 1, 1, tzinfo=UTC)  # how programs write "no date" as a number

_ISO_START = re.compile(r"\d{4}(?:-\d|$|\d{4}T)", re.ASCII)
_ISO_ZONE = re.compile(r"\s+(?:(?:UTC|GMT)?(?P<sign>[+-])(?P<offset>\d{1,2}:?\d\d)|UTC|GMT|Z)$", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_SLASHED_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?(?=$|[ T])", re.ASCII)
_RFC_822 = re.compile(r"(?:[A-Za-z]{3},? +)?\d{1,2} +[A-Za-z]{3} +\d{2,4} +\d{1,2}:\d\d", re.ASCII)
_SLASHED = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4}) +(\d{1,2}):(\d\d)(?::(\d\d))?(?: *([ap])m)?", re.ASCII | re.IGNORECASE
)
_DOTTED = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}", re.ASCII)
_ZONE = re.compile(
    rf"\dZ$|:\d\d(?:\.\d+)?\s*(?:UTC|GMT)?[+-]\d\d?:?\d\d\b|\b(?:{'|'.join(ZONES)})\b", re.ASCII
)
_YEAR = re.compile(r"(?<![+\d])(?<!\d -)\d{4}", re.ASCII)  # and not a zone

_WORD = re.compile(r"[^\W\d_]+")
_DAY_AND_YEAR = re.compile(r"(?<![\d:])(?:(\d{1,2})(?![\d:]))?(?:\D*?)(?<!\d)(\d{4})(?![\d:])", re.ASCII)
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})[:h.](\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(?:([ap])\.?\s?m\b\.?)?"
    r"(?:\s*(?:(?:UTC|GMT)?([+-])(\d\d):?(\d\d)\b|([A-Z]{3,4})\b))?",
    re.ASCII | re.IGNORECASE,
)


class Dated(NamedTuple):
    """A date as it was read; where something of it is a guess, how sure that is, and what was `guessed`."""

    period: Period
    confidence: float = 1.0
    guessed: str = ""


def read_date(candidates: Sequence[str], now: datetime | None = None, order: Order = UNKNOWN) -> Dated | None:
    """The first candidate that is a date, with its precision; None where none is.

    Dates after tomorrow (seen from `now`, aware, where given) are mistakes and passed over, as are years
    before 1000. `03/04/2012` is read in this `order`, unless only the other way round is a date. Times
    without a zone are taken as UTC.
    """
    latest = now + timedelta(days=1) if now else None
    for candidate in candidates:
        text = candidate.strip() if len(candidate) <= _LONGEST else ""
        period = _read(text, order)
        if (
            period
            and period.start.year >= _EARLIEST_YEAR
            and period.start != _UNSET
            and (latest is None or period.start <= latest)
        ):
            return _with_doubts(text, period, order)
    return None


def _with_doubts(text: str, period: Period, order: Order) -> Dated:
    """The date with what is doubtful about the way it is written; the worst of it, where it is more."""
    if is_ambiguous(text):
        return Dated(period, order.confidence, order.because)
    if _NUMBER.fullmatch(text) and len(text) != 14:  # not YYYYMMDDHHMMSS
        return Dated(period)
    if not _YEAR.search(text):
        return Dated(period, 0.8, "the year has two digits")
    if period.precision is Precision.TIME and not _ZONE.search(text):
        return Dated(period, 0.95, "its time zone is not said")
    return Dated(period)


def _read(text: str, order: Order) -> Period | None:
    if not text.isascii():
        text = " ".join(text.split())  # browsers print narrow spaces before "PM"
    for way in (_iso, _number, _rfc_822, _slashed, _with_month_name, _anything):
        try:
            if period := way(text, order):
                return period
        except (ValueError, ArithmeticError):  # dateutil's are of several kinds
            continue  # of this form, but not a date the calendar has: another form may make sense of it
    return None


def _iso(text: str, _: Order) -> Period | None:
    if not _ISO_START.match(text):
        text = _SLASHED_YEAR_FIRST.sub(lambda found: "-".join(filter(None, found.groups())), text, count=1)
        if not _ISO_START.match(text):
            return None
    if zone := _ISO_ZONE.search(text):
        offset = zone["offset"] and zone["sign"] + zone["offset"].replace(":", "").zfill(4)  # also -500
        text = text[: zone.start()] + (offset or "Z")
    try:
        return Period.parse(text)
    except InvalidPeriod:
        return None


def _number(text: str, _: Order) -> Period | None:
    """Seconds or milliseconds since 1970, or digits run together."""
    if not _NUMBER.fullmatch(text):
        return None
    match len(text.partition(".")[0]):
        case 8:
            return Period.of(int(text[:4]), int(text[4:6]), int(text[6:8])) if text.isdigit() else None
        case 14:
            return Period.at(datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC))
        case 9 | 10:
            return Period.at(datetime.fromtimestamp(float(text), UTC))
        case 12 | 13:
            return Period.at(datetime.fromtimestamp(float(text) / 1000, UTC))
        case _:
            return None


def _rfc_822(text: str, _: Order) -> Period | None:
    return Period.at(parsedate_to_datetime(text)) if _RFC_822.match(text) else None


def _slashed(text: str, order: Order) -> Period | None:
    """`10/03/2023 10:54:50 AM`, as some exports have it by the hundred thousand."""
    found = _SLASHED.fullmatch(text)
    if not found:
        return None
    *numbers, half = found.groups()
    first, second, year, hour, minute, seconds = (int(number or 0) for number in numbers)
    day_first = first > 12 or (order.day_first and second <= 12)
    month, day = (second, first) if day_first else (first, second)
    if half:
        hour = hour % 12 + (12 if half in "pP" else 0)
    return Period.at(datetime(year, month, day, hour, minute, seconds, tzinfo=UTC))


def _with_month_name(text: str, _: Order) -> Period | None:
    """`Saturday, June 14, 2008`, `14. Juni 2008 um 16:12`, `March 3, 2025 at 4:12 PM`, `mars 2012`."""
    months = {MONTHS[word] for word in map(str.casefold, _WORD.findall(text)) if word in MONTHS}
    if len(months) != 1:
        return None
    time = _TIME.search(text)
    date = text[: time.start()] + " " + text[time.end() :] if time else text
    numbers = _DAY_AND_YEAR.search(date)
    if not numbers:
        return None
    day, year = numbers.groups()
    period = Period.of(int(year), months.pop(), int(day) if day else None)
    return _at_time(period, time) if time and day else period


def _at_time(period: Period, time: re.Match[str]) -> Period:
    hour, minute, second, half, sign, hours, minutes, zone = time.groups()
    if half:
        hour = int(hour) % 12 + (12 if half in "pP" else 0)
    seconds = ZONES.get((zone or "").upper(), 0)
    if sign:
        seconds = (int(hours) * 3600 + int(minutes) * 60) * (-1 if sign == "-" else 1)
    moment = period.start.replace(hour=int(hour), minute=int(minute), second=int(second or 0))
    return Period.at(moment - timedelta(seconds=seconds))


def _anything(text: str, order: Order) -> Period | None:
    """What dateutil makes of it, less what it makes up: it fills gaps from a default, so give it two."""
    if sum(character.isdigit() for character in text) < 3:
        return None
    day_first = bool(_DOTTED.match(text)) or (order.day_first and is_ambiguous(text))
    first, second = (
        dateutil_parser.parse(text, default=default, dayfirst=day_first, tzinfos=_zone)
        for default in (datetime(1904, 1, 1), datetime(1908, 2, 2))
    )
    if first.year != second.year:
        return None
    if first.month != second.month:
        return Period.of(first.year)
    if first.day != second.day:
        return Period.of(first.year, first.month)
    if ":" not in text and (first.hour, first.minute) == (0, 0):
        return Period.of(first.year, first.month, first.day)
    return Period.at(first)


def _zone(name: str | None, offset: int | None) -> int | None:
    """Seconds from UTC; None for an unknown name, which dateutil would warn of or take for the local zone."""
    return ZONES.get(name or "", offset)
