"""What a single word or phrase of a query means: a word, a pattern, a date, a place to look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from search.message import Message, message
from search.model import InvalidPeriod
from search.query.ast import (
    FIELDS,
    KEYWORD_FIELDS,
    And,
    Everything,
    Fuzzy,
    InComments,
    InPosts,
    Node,
    Not,
    Phrase,
    Prefix,
    Wildcard,
    Word,
)
from search.query.dates import DATE_FIELDS, date_range
from search.text.edits import distance_within
from search.text.words import UNSPACED, WORD, query_terms, terms_of

NAMES = (*FIELDS, *DATE_FIELDS, "in")
"""Everything that can stand before a colon."""

Notes = Callable[[Message], None]
"""Takes a warning for the user."""

MAX_SLOP = 100
"""Words that may stand among those of a phrase."""

_FIELD = re.compile(r"([A-Za-z]{1,20}):(.*)", re.DOTALL)
_FUZZY = re.compile(r"([^~]+)~(\d{0,9})")
_PUNCTUATION = ".,;:!…"
_WITHIN_PATTERN = re.compile(r"[^\w*?'’]+")
_UNSPACED_CHARACTER = re.compile(f"[{UNSPACED}]")

_MEANT = {
    "by": "author", "from": "author", "writer": "author", "category": "tag", "label": "tag",
    "since": "after", "until": "before", "site": "blog", "lang": "language", "text": "body",
    "content": "body", "year": "date", "source": "publication",
}  # fmt: skip
"""Names other search boxes use for what is called otherwise here."""

_PLACES: dict[str, Node] = {
    "posts": InPosts(), "post": InPosts(), "comments": InComments(), "comment": InComments()
}  # fmt: skip


def word(text: str, field: str | None, note: Notes) -> Node | None:
    """What a word means, in the field of its group; None where there is nothing in it to look for."""
    if match := _FIELD.fullmatch(text):
        name, value = match[1].lower(), match[2]
        if name in NAMES:
            return _field_word(name, value, note)
        if value and not value.startswith("//") and (meant := field_meant(name)):
            note(no_field(name, meant))
            return all_of((value_of(name, field, note), value_of(value, field, note)))
    return value_of(text, field, note)


def _field_word(name: str, value: str, note: Notes) -> Node | None:
    """A field with what follows its colon."""
    if not value:
        note(
            message(
                "Nothing follows '%(field)s:', so it was searched for as a word; "
                "leave no space after the colon.",
                field=name,
            )
        )
        return Word(name)
    if value.startswith("-") and name in FIELDS:
        negated = value_of(value[1:], name, note)
        return negated and Not(negated)
    return value_of(value, name, note)


def value_of(text: str, field: str | None, note: Notes) -> Node | None:
    """What a word means in a field; the field is known."""
    if field in DATE_FIELDS:
        return _dates(field, text, note)
    if field == "in":
        return _PLACES.get(text.lower()) or _plain_words(field, text, note)
    return _text_value(text, field, note)


def _text_value(text: str, field: str | None, note: Notes) -> Node | None:
    """What a word means in a field of texts or values."""
    pattern = text.strip(_PUNCTUATION)
    if match := _FUZZY.fullmatch(pattern):
        return _fuzzy(match[1], match[2], field, note)
    pattern = pattern.rstrip("?" + _PUNCTUATION)  # what ends a question is no pattern
    if "*" in pattern or "?" in pattern:
        return _pattern(pattern, field, note)
    if field in KEYWORD_FIELDS:
        return Word(text, field)
    if len(pattern) == 1 and _UNSPACED_CHARACTER.match(pattern):
        return Prefix(pattern, field)  # it is found at the head of the pairs that texts are cut into
    return Word(text, field) if has_words(text) else None


def phrase(text: str, slop: str | None, field: str | None, note: Notes) -> Node | None:
    """What a quoted phrase means, with what follows its `~`."""
    text = " ".join(text.split())
    if not (text if field in KEYWORD_FIELDS else has_words(text)):
        note(message("Quotes with no word in them were left out."))
        return None
    if field in DATE_FIELDS or field == "in":
        return value_of(text, field, note)
    if slop == "":
        note(message('A ~ after quotes needs a number: "like this"~5 allows 5 words between.'))
    if "*" in text:
        note(message("Inside quotes a * is not a pattern; the words were searched for as they are."))
    distance = int(slop or 0)
    if distance > MAX_SLOP:
        note(message("At most %(most)s words can stand between those of a phrase.", most=MAX_SLOP))
    return Phrase(text, field, min(distance, MAX_SLOP))


def has_words(text: str) -> bool:
    """Whether there is anything in a text that could be found."""
    return any(terms_of(found[0], "") for found in WORD.finditer(text))


def no_field(name: str, meant: str) -> Message:
    """What to say of a mistyped field."""
    return message(
        "There is no field '%(name)s'; did you mean %(meant)s? It was searched for as words.",
        name=name,
        meant=meant,
    )


@lru_cache(1024)
def field_meant(name: str) -> str | None:
    """The field that a mistyped name stands for, if one is near."""
    if name in _MEANT:
        return _MEANT[name]
    edits = 1 if len(name) < 6 else 2
    near = (field for field in NAMES if len(field) > 2 and distance_within(name, field, edits))
    return next(near, None) if len(name) > 2 else None


def _dates(field: str, text: str, note: Notes) -> Node | None:
    try:
        return date_range(field, text)
    except InvalidPeriod:
        return _plain_words(field, text, note)


def _plain_words(field: str, text: str, note: Notes) -> Node | None:
    """A place or date that is none."""
    typed = f"{field}:{_short(text)}"
    if field == "in":
        note(message("'%(typed)s' was searched for as words; use in:posts or in:comments.", typed=typed))
    else:
        note(
            message(
                "'%(typed)s' was searched for as words; write date:2024, date:2024-03-15 or date:2019..2021.",
                typed=typed,
            )
        )
    return all_of((value_of(field, None, note), value_of(text, None, note)))


def _fuzzy(text: str, edits: str, field: str | None, note: Notes) -> Node | None:
    """`text~` or `text~2`; a text of several words, or a pattern, is taken without its tilde."""
    if "*" in text or "?" in text or len(query_terms(text, ())) != 1:
        if has_words(text):
            note(
                message(
                    "A ~ works on a single word; '%(typed)s' was searched for without it.", typed=_short(text)
                )
            )
        return value_of(text, field, note)
    distance = int(edits or 1)
    if distance > 2:
        note(message("Spellings can differ by at most 2 letters."))
    return Fuzzy(text, field, min(distance, 2)) if distance else Word(text, field)


def _pattern(text: str, field: str | None, note: Notes) -> Node | None:
    """A word with `*` or `?` in it; one that has other signs too is taken apart at them."""
    if text.strip("*") == "" and field is None:
        return Everything()
    if not has_words(text):
        note(message("A pattern needs a letter; '%(typed)s' was left out.", typed=_short(text)))
        return None
    parts = [part for part in _WITHIN_PATTERN.split(text) if part]
    if len(parts) > 1 and field not in KEYWORD_FIELDS:
        note(
            message(
                "'%(typed)s' was read as the separate words %(words)s.",
                typed=_short(text),
                words=_short(" ".join(parts)),
            )
        )
        return all_of(tuple(value_of(part, field, note) for part in parts))
    stem = text.rstrip("*")
    if "*" not in stem and "?" not in stem:
        # A pair of characters from a script without spaces is found anywhere as it is.
        pairs = _UNSPACED_CHARACTER.search(stem) and len(stem) > 1
        return Word(stem, field) if pairs else Prefix(stem, field)
    return Wildcard(text, field)


def all_of(nodes: Iterable[Node | None]) -> Node | None:
    """The nodes there are joined by *and*, without layers that say nothing."""
    flat: list[Node] = []
    for node in nodes:
        match node:
            case None:
                continue
            case And(within):
                flat += within
            case _:
                flat.append(node)
    telling = [node for node in flat if not isinstance(node, Everything)] or flat[:1]
    return And(tuple(telling)) if len(telling) > 1 else telling[0] if telling else None


def _short(text: str) -> str:
    """A text as a warning shows it."""
    return text if len(text) <= 40 else text[:39] + "…"
