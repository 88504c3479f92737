"""Searches, counts and choices in words, in the reader's language; with numbers and dates from `dates`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce

from babel.lists import format_list

from search.message import Message, message
from search.request import FacetOrder, MatchMode, Scope, SearchRequest, Sort, ValueFilter
from search.results import FacetValue, SearchPage
from web.language.voice import Voice, gettext, marked, ngettext, speaking
from web.presenters.dates import REMEMBERED, day, day_of, moment, number, percent, within_larger

__all__ = [
    "both", "comments", "day", "either", "facet_title", "field_title", "filters", "in_sentence", "label",
    "moment", "more_comments", "number", "percent", "posts", "scope", "search", "sort", "sureness",
    "translated", "value", "values", "warnings", "within_larger",
]  # fmt: skip

_FACET_TITLES = {
    "blog": marked("Blog"),
    "author": marked("Author"),
    "tag": marked("Tag"),
    "publication": marked("Publication quoted"),
    "reporter": marked("Reporter quoted"),
    "language": marked("Language"),
    "date": marked("Date"),
}
_SCOPES = {
    Scope.ALL: marked("Posts and comments"),
    Scope.POSTS: marked("Posts only"),
    Scope.COMMENTS: marked("Comments only"),
}
_SORTS = {
    Sort.RELEVANCE: marked("Best match"),
    Sort.NEWEST: marked("Newest"),
    Sort.OLDEST: marked("Oldest"),
    Sort.COMMENTS: marked("Most comments"),
}
_ORDERS = {
    FacetOrder.COUNT: marked("Most posts"),
    FacetOrder.NAME: marked("A to Z"),
}
_FIELD_TITLES = {
    "html": marked("Body"),
    "text": marked("Body"),
    "authors": marked("Authors"),
    "reporters": marked("Reporters quoted"),
    "publication": marked("Publication quoted"),
    "title": marked("Title"),
    "date": marked("Date"),
    "updated": marked("Updated"),
    "blog": marked("Blog"),
    "tags": marked("Tags"),
    "summary": marked("Summary"),
    "link": marked("Link"),
    "language": marked("Language"),
    "comments": marked("Comments"),
}
_FILTERS = {
    "blog": (marked("on %(values)s"), marked("not on %(values)s")),
    "author": (marked("by %(values)s"), marked("not by %(values)s")),
    "tag": (marked("in tag %(values)s"), marked("not in tag %(values)s")),
    "publication": (marked("quoting %(values)s"), marked("not quoting %(values)s")),
    "reporter": (marked("quoting %(values)s"), marked("not quoting %(values)s")),
    "language": (marked("in %(values)s"), marked("not in %(values)s")),
}
"""How a search with values of a facet is said, and one without them."""

_IN_SCOPE = {Scope.POSTS: marked("in posts only"), Scope.COMMENTS: marked("in comments only")}

_SURENESS = (
    (100, marked("certain")),
    (85, marked("very likely (%(percent)s)")),
    (60, marked("likely (%(percent)s)")),
    (0, marked("a guess (%(percent)s)")),
)
"""The least percent of each word for how sure something is."""

PARTIAL = message(
    "The search was cut short (by its time, or a pattern of over %(most)s words): posts may be missing.",
    most=1_000,
)
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
"""Languages by their own names. Babel has these, too, but loads 1 MB a language for it and keeps that."""


def posts(count: int) -> str:
    """`1 post`, `1,234 posts`."""
    return _posts(speaking(), count)  # said of every value of every facet


def comments(count: int) -> str:
    """`1 comment`, `1,234 comments`."""
    return ngettext("%(number)s comment", "%(number)s comments", count, number=number(count))


def values(count: int) -> str:
    """`1 value`, `1,234 values`."""
    return ngettext("%(number)s value", "%(number)s values", count, number=number(count))


def matches(count: int) -> str:
    """`1 match`, `1,234 matches`: of a search's words in one post."""
    return ngettext("%(number)s match", "%(number)s matches", count, number=number(count))


def more_comments(count: int) -> str:
    """`2 more comments matched`."""
    return ngettext(
        "%(number)s more comment matched", "%(number)s more comments matched", count, number=number(count)
    )


def facet_title(name: str) -> str:
    """What a facet is called above its values."""
    return gettext(_FACET_TITLES[name])


def field_title(name: str) -> str:
    """What a field of a post is called; empty for one that is not shown."""
    return gettext(_FIELD_TITLES[name]) if name in _FIELD_TITLES else ""


def scope(choice: Scope) -> str:
    """Where words are looked for, as a choice."""
    return gettext(_SCOPES[choice])


def sort(choice: Sort) -> str:
    """An order of results, as a choice."""
    return gettext(_SORTS[choice])


def order(choice: FacetOrder) -> str:
    """An order of the values of a facet, as a choice."""
    return gettext(_ORDERS[choice])


def value(facet: str, text: str) -> str:
    """A facet's value as people say it: `de` is Deutsch, `2025-03` March 2025."""
    match facet:
        case "language":
            return _LANGUAGES.get(text) or str(speaking().formats.languages.get(text, text))
        case "date":
            return day_of(text)
        case _:
            return text


def label(facet: str, counted: FacetValue) -> str:
    """What a counted value is called: by the engine, or where that has only the value, by people."""
    return value(facet, counted.value) if counted.label == counted.value else counted.label


def translated(said: Message | str) -> str:
    """A message from below in the reader's language, its numbers as they are written there.

    A text was said in that language already.
    """
    if isinstance(said, str):
        return said
    return gettext(
        said.text,
        **{name: number(inside) if isinstance(inside, int) else inside for name, inside in said.values},
    )


def warnings(page: SearchPage) -> tuple[str, ...]:
    """Everything a reader is told about how a search was read and answered."""
    said = (*page.warnings, PARTIAL) if page.partial else page.warnings
    return tuple(map(translated, said))


def sureness(confidence: float) -> str:
    """How sure the reading of a field is: `certain`, `very likely (90%)`, `a guess (30%)`."""
    share = round(100 * confidence)
    phrase = next(phrase for least, phrase in _SURENESS if share >= least)
    return gettext(phrase) if share >= 100 else gettext(phrase, percent=percent(share / 100))


def either(texts: Iterable[str]) -> str:
    """`one`, `one or two`, `one, two or three`."""
    return str(format_list(list(texts), "or", speaking().formats))


def both(texts: Iterable[str]) -> str:
    """`one`, `one and two`, `one, two and three`."""
    return str(format_list(list(texts), "standard", speaking().formats))


def filters(request: SearchRequest) -> str:
    """The filters of a search: `in tag war, by Jonathan Low, not in tag humour`."""
    asked = request.filters
    phrases = [_filter(each) for each in asked.values]
    if asked.dates:
        phrases.append(gettext("dated %(dates)s", dates=either(map(day, asked.dates))))
    if asked.after:
        phrases.append(gettext("from %(date)s", date=day(asked.after)))
    if asked.before:
        phrases.append(gettext("until %(date)s", date=day(asked.before)))
    if request.scope is not Scope.ALL:
        phrases.append(gettext(_IN_SCOPE[request.scope]))
    return in_sentence(phrases)


def in_sentence(phrases: Sequence[str]) -> str:
    """Phrases one after the other, as one: `by Ann, in tag war`."""
    return reduce(lambda said, more: gettext("%(said)s, %(more)s", said=said, more=more), phrases or ("",))


def search(request: SearchRequest, match: MatchMode) -> str:
    """The whole search: `drones kursk in tag war`; `All posts` for one that asks for everything."""
    text, limits = request.query.text, filters(request)
    if not text:
        return gettext("All posts %(filters)s", filters=limits) if limits else gettext("All posts")
    said = gettext("%(words)s %(filters)s", words=text, filters=limits) if limits else text
    return gettext("%(search)s with any of the words", search=said) if match is MatchMode.ANY else said


def _filter(asked: ValueFilter) -> str:
    having, lacking = _FILTERS[asked.facet]
    named = either(value(asked.facet, text) for text in asked.values)
    return gettext(lacking if asked.excluded else having, values=named)


@lru_cache(REMEMBERED)
def _posts(voice: Voice, count: int) -> str:
    said = voice.catalogue.ngettext("%(number)s post", "%(number)s posts", count)
    return said % {"number": number(count)}
