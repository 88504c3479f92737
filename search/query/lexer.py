"""From the text of a query to its lexemes: words, quoted phrases, brackets and operators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a lexeme is."""

    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    """A field name with its colon, right before a phrase or a group."""
    RANGE = auto()
    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    QUOTE = auto()
    """A quotation mark that has no partner."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query. `slop` is what follows a phrase's `~`, empty without a number, None without a `~`.

    `text` is the word, the phrase without its quotes, the field without its colon, or a range's
    `first..last`, whose field, if it has one, is `field`. It stands from `start` to before `end`.
    """

    kind: Kind
    text: str = ""
    slop: str | None = None
    field: str = ""
    start: int = 0
    end: int = 0


_LEXEME = re.compile(
    r"""
      "(?P<phrase>[^"]*)" (?P<tilde>~(?P<slop>\d{0,9}))?
    | (?P<quote>")
    | (?P<open>\()
    | (?P<close>\))
    | (?P<or>\|+)
    | (?P<not>-)(?=[^\s\-)|])
    | (?:(?P<range_field>[A-Za-z]{1,20}):)? [\[{]\s{0,4} (?P<first>[^\s\]}]{1,40}) \s{1,4}TO\s{1,4}
      (?P<last>[^\s\]}]{1,40}) \s{0,4}[\]}]
    | (?P<field>[A-Za-z]{1,20}):(?=["(])
    | (?P<word>[^\s"()|]+)
    """,
    re.VERBOSE,
)

_KINDS = {"open": Kind.OPEN, "close": Kind.CLOSE, "or": Kind.OR, "not": Kind.NOT, "quote": Kind.QUOTE}
_OPERATORS = {"OR": Kind.OR, "AND": Kind.AND, "NOT": Kind.NOT}
"""Operators are in capitals: in small letters they are words like any other."""

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")

_SPELLINGS: dict[int, int | str] = {
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},  # full-width letters and signs
    **dict.fromkeys(map(ord, "“”„‟«»❝❞〝〞"), '"'),
    **dict.fromkeys(map(ord, "\u2212\ufe63"), "-"),
    **dict.fromkeys(map(ord, "\u200b\u00a0"), " "),
}
"""Other ways to type the signs of the language, by code point."""


def readable(text: str) -> str:
    """The text without NUL, lone surrogates and other characters that no text may hold."""
    return _UNREADABLE.sub("", text)


def visible(text: str) -> str:
    """The text without the marks of direction, which nobody sees: where lexemes have their places."""
    return _DIRECTION.sub("", text)


def lexemes(text: str) -> Iterator[Lexeme]:
    """The lexemes of a query in order, in time linear in its length."""
    for match in _LEXEME.finditer(visible(text).translate(_SPELLINGS)):
        start, end = match.span()
        match match.lastgroup:
            case "phrase" | "tilde" | "slop":
                # A tilde without a number is an empty slop.
                slop = (match["slop"] or "") if match["tilde"] else None
                yield Lexeme(Kind.PHRASE, match["phrase"], slop, start=start, end=end)
            case "last":
                field = match["range_field"] or ""
                dates = f"{match['first']}..{match['last']}"
                yield Lexeme(Kind.RANGE, dates, field=field, start=start, end=end)
            case "field":
                yield Lexeme(Kind.FIELD, match["field"], start=start, end=end)
            case "word":
                kind = _OPERATORS.get(match["word"], Kind.WORD)
                yield Lexeme(kind, match["word"], start=start, end=end)
            case group:
                yield Lexeme(_KINDS[group or "quote"], match[0], start=start, end=end)
