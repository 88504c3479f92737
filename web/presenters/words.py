"""Searches, numbers and dates in words, for people."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from typing import assert_never

from search.model import Period, Precision
from search.request import MatchMode, Scope, SearchRequest, Sort
from search.results import FacetValue, SearchPage

FACET_TITLES = {
    "blog": "Blog",
    "author": "Author",
    "tag": "Tag",
    "publication": "Publication quoted",
    "reporter": "Reporter quoted",
    "language": "Language",
    "date": "Date",
}
"""What each facet is called above its values."""

_PHRASES = {
    "blog": "on {}",
    "author": "by {}",
    "tag": "in tag {}",
    "publication": "quoting {}",
    "reporter": "quoting {}",
    "language": "in {}",
}
SCOPES = {Scope.ALL: "Posts and comments", Scope.POSTS: "Posts only", Scope.COMMENTS: "Comments only"}
"""Where words are looked for, as a choice."""

SORTS = {
    Sort.RELEVANCE: "Best match",
    Sort.NEWEST: "Newest",
    Sort.OLDEST: "Oldest",
    Sort.COMMENTS: "Most comments",
}
"""The orders of results."""

FIELD_TITLES = {
    "html": "Body",
    "text": "Body",
    "authors": "Authors",
    "reporters": "Reporters quoted",
    "publication": "Publication quoted",
    "title": "Title",
    "date": "Date",
    "updated": "Updated",
    "blog": "Blog",
    "tags": "Tags",
    "summary": "Summary",
    "link": "Link",
    "language": "Language",
    "comments": "Comments",
}
"""What each field of a post is called."""

PARTIAL = "The search was cut short (by its time, or a pattern of over 1,000 words): posts may be missing."
"""Said when a limit cut a search short."""

_LANGUAGES = {
    "ar": "العربية", "bg": "Български", "ca": "Català", "cs": "Čeština", "da": "Dansk", "de": "Deutsch",
    "el": "Ελληνικά", "en": "English", "es": "Español", "et": "Eesti", "eu": "Euskara", "fa": "فارسی",
    "fi": "Suomi", "fr": "Français", "ga": "Gaeilge", "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski",
    "hu": "Magyar", "hy": "Հայերեն", "id": "Indonesia", "is": "Íslenska", "it": "Italiano", "ja": "日本語",
    "ko": "한국어", "la": "Latina", "lt": "Lietuvių", "lv": "Latviešu", "nb": "Norsk bokmål",
    "nl": "Nederlands", "nn": "Norsk nynorsk", "no": "Norsk", "pl": "Polski", "pt": "Português",
    "ro": "Română", "ru": "Русский", "sk": "Slovenčina", "sl": "Slovenščina", "sr": "Српски",
    "sv": "Svenska", "ta": "தமிழ்", "th": "ไทย", "tr": "Türkçe", "uk": "Українська",
    "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip


def number(count: int) -> str:
    """A whole number as people write it: `1,234`."""
    return f"{count:,}"


def counted(count: int, noun: str) -> str:
    """`1 post`, `1,234 posts`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def day(period: Period) -> str:
    """The date as a sentence has it: `2 March 2025`, `March 2025`, `2025`; a time is its day."""
    first = period.first_day
    match period.precision:
        case Precision.YEAR:
            return str(first.year)
        case Precision.MONTH:
            return f"{calendar.month_name[first.month]} {first.year}"
        case Precision.DAY | Precision.TIME:
            return f"{first.day} {calendar.month_name[first.month]} {first.year}"
        case unreachable:
            assert_never(unreachable)


def moment(period: Period) -> str:
    """The date as exactly as it is known: `2 March 2025, 16:12 UTC`."""
    clock = period.start.strftime(", %H:%M UTC") if period.precision is Precision.TIME else ""
    return day(period) + clock


def value(facet: str, text: str) -> str:
    """A facet's value as people say it: `de` is Deutsch, `2025-03` March 2025."""
    match facet:
        case "language":
            return _LANGUAGES.get(text, text)
        case "date":
            return day(Period.parse(text))
        case _:
            return text


def label(facet: str, counted: FacetValue) -> str:
    """What a counted value is called: by the engine, or where that has only the value, by people."""
    return value(facet, counted.value) if counted.label == counted.value else counted.label


def warnings(page: SearchPage) -> tuple[str, ...]:
    """Everything a reader is told about how a search was read and answered."""
    return (*page.warnings, PARTIAL) if page.partial else page.warnings


def sureness(confidence: float) -> str:
    """How sure the reading of a field is: `certain`, `very likely (90 %)`, `a guess (30 %)`."""
    percent = round(100 * confidence)
    for least, phrase in ((85, "very likely"), (60, "likely"), (0, "a guess")):
        if percent < 100 and percent >= least:
            return f"{phrase} ({percent} %)"
    return "certain"


def within_larger(period: Period) -> str:
    """A period as it is called in the year or month it is part of: `March`, `2 March`."""
    return day(period).removesuffix(f" {period.first_day.year}")


def either(texts: Iterable[str], joint: str = "or") -> str:
    """`one`, `one or two`, `one, two or three`."""
    *most, last = texts
    return f"{', '.join(most)} {joint} {last}" if most else last


def filters(request: SearchRequest) -> str:
    """The filters of a search: `in tag war, by Jonathan Low, not in tag humour`."""
    phrases = []
    for each in request.filters.values:
        named = _PHRASES[each.facet].format(either(value(each.facet, text) for text in each.values))
        phrases.append(f"not {named}" if each.excluded else named)
    if dates := request.filters.dates:
        phrases.append(f"dated {either(day(period) for period in dates)}")
    if after := request.filters.after:
        phrases.append(f"from {day(after)}")
    if before := request.filters.before:
        phrases.append(f"until {day(before)}")
    if request.scope is not Scope.ALL:
        phrases.append(f"in {SCOPES[request.scope].lower()}")
    return ", ".join(phrases)


def search(request: SearchRequest, match: MatchMode) -> str:
    """The whole search: `drones kursk, in tag war`; `All posts` for one that asks for everything."""
    words = request.query.text or "All posts"
    any_word = "with any of the words" if match is MatchMode.ANY and request.query.text else ""
    return " ".join(part for part in (words, filters(request), any_word) if part)
