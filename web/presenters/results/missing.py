"""Which words of a search no post has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from search.query.ast import Query, Term
from search.query.parser import parse
from search.query.without import Part, parts
from search.request import SearchRequest
from web.language.voice import gettext
from web.presenters import words
from web.presenters.results.understood import said

MOST_PARTS: Final = 4
"""Parts of a query that are looked at, each with a search of its own."""

Total = Callable[[SearchRequest], int | None]
"""How many posts a search finds; None where that is not known in time."""


def first_parts(query: Query) -> tuple[Part, ...]:
    """The parts of a query that are looked at."""
    return parts(query)[:MOST_PARTS]


def missing(query: Query, total: Total) -> list[str]:
    """The words, phrases and values of a query that no post has, by themselves and without any filter."""
    alone = [(part.text, parse(part.text)) for part in first_parts(query)]
    return [text for text, read in alone if isinstance(read.node, Term) and total(SearchRequest(read)) == 0]


def told(texts: Iterable[str]) -> str:
    """`No post has the word “zeppelin”.`; nothing where every word is in some post."""
    named = [said(parse(text).node) for text in texts]
    return gettext("No post has %(words)s.", words=words.either(named)) if named else ""
