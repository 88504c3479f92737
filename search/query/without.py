"""A query without one of its parts: what to leave out where all of it together finds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from search.query.ast import Everything, Query
from search.query.lexer import Kind, lexemes, visible
from search.query.parser import parse

MAX_PARTS = 20
"""Parts that are told of, the first ones: nobody tries more."""


_BETWEEN: Final = frozenset({Kind.OR, Kind.AND, Kind.CLOSE})
_WHOLE: Final = frozenset({Kind.WORD, Kind.PHRASE, Kind.RANGE})
"""Lexemes that no part has at its top, and those that end one. What negates or names a field begins one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A word, phrase, field word, exclusion or group, as typed, and the query without it."""

    text: str
    without: Query


def parts(query: Query) -> tuple[Part, ...]:
    """What a query consists of, in order, those in brackets as one; of brackets around all, what is in them.

    What was read otherwise than typed is a part as it was read: an operator without a word, a lone bracket
    or quotation mark belongs to none, and signs that mean nothing are none. Without its only part, a query
    is empty. Put together again, the parts mean what the query does.
    """
    return tuple(islice(_parts(_alternatives(query.text)), MAX_PARTS))


def _parts(alternatives: Sequence[Sequence[str]]) -> Iterator[Part]:
    for number, words in enumerate(alternatives):
        for place, text in enumerate(words):
            left = [*words[:place], *words[place + 1 :]]
            yield Part(text, parse(_joined([*alternatives[:number], left, *alternatives[number + 1 :]])))


def _joined(alternatives: Iterable[Sequence[str]]) -> str:
    return " OR ".join(" ".join(words) for words in alternatives if words)


def _alternatives(text: str) -> list[list[str]]:
    """The parts of a text, those together that no OR stands between."""
    found: list[list[str]] = [[]]
    for part in _pieces(visible(text)):
        if not part:
            found.append([])
        elif _means_something(part):
            found[-1].append(part)
    found = [words for words in found if words]
    match found:
        case [[only]] if only.startswith("("):
            return _alternatives(only[1:].removesuffix(")"))
        case _:
            return found


def _pieces(text: str) -> Iterator[str]:
    """What the parts are cut from, in order; an empty text where OR is."""
    start = end = -1
    depth = 0
    for lexeme in lexemes(text):
        before, end = end, lexeme.end
        if depth:
            depth += {Kind.OPEN: 1, Kind.CLOSE: -1}.get(lexeme.kind, 0)
            is_whole = not depth
        elif lexeme.kind in _BETWEEN:
            if start >= 0:
                yield text[start:before]  # of which nothing came but what negates, or a field
                start = -1
            if lexeme.kind is Kind.OR:
                yield ""
            continue
        elif lexeme.kind is Kind.QUOTE and start < 0:
            continue
        else:
            start = lexeme.start if start < 0 else start
            depth = int(lexeme.kind is Kind.OPEN)
            is_whole = lexeme.kind in _WHOLE
        if is_whole:
            yield text[start:end]
            start = -1
    if start >= 0:
        yield text[start:end]


def _means_something(part: str) -> bool:
    """Whether a part is anything but signs; `*` is meant as it is."""
    read = parse(part)
    return not (isinstance(read.node, Everything) and read.warnings)
