"""From our own query tree to Whoosh's query objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final, Protocol, TypeGuard, assert_never

from whoosh.query import Every, NullQuery, NumericRange, Query, Term

from search.engines.whoosh.compiling.queries import AllOf, AnyOf, Constant, Near, Without
from search.engines.whoosh.schema import COMMENT, NAMES, POST, TEXT_BOOSTS, WORDS_OF
from search.engines.whoosh.values import folded, words
from search.model import Period
from search.query.ast import (
    TEXT_FIELDS,
    And,
    DateRange,
    Everything,
    Fuzzy,
    InComments,
    InPosts,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Word,
)
from search.text.words import query_terms

PATTERN_SCORE: Final = 1.0
"""What a prefix, wildcard or fuzzy word scores in a text, whichever word it found."""

ALL_DOCUMENTS: Final = Constant(Every())

_Expand = Callable[[str], Query]
"""Any of the words that a pattern means in a field."""


class Expander(Protocol):
    """Finds the words that patterns mean, as queries for any of them; see `Expansion`."""

    partial: bool

    def prefix(self, prefix: str, field: str) -> Query:
        """Words that begin so."""
        ...

    def wildcard(self, pattern: str, field: str) -> Query:
        """Words that match a pattern."""
        ...

    def fuzzy(self, word: str, distance: int, field: str) -> Query:
        """Words so near."""
        ...


class Compiler:
    """Compiles one query, and parts of it, with the words that its patterns mean.

    `partial` tells whether the patterns had more words than are searched for.
    """

    def __init__(self, expansion: Expander, languages: Sequence[str]) -> None:
        self._expansion = expansion
        self._languages = languages

    @property
    def partial(self) -> bool:
        """Whether there may be more than the compiled queries find."""
        return self._expansion.partial

    def compile(self, node: Node) -> Query:
        """The query of a tree; one that finds nothing for a tree without a word to look for."""
        query = self._compile(node)
        return NullQuery if query is None else query

    def _compile(self, node: Node) -> Query | None:
        """None for a node that has nothing to look for (a word of punctuation), which decides nothing."""
        match node:
            case Everything():
                query: Query | None = ALL_DOCUMENTS
            case Word(text, field):
                query = self._name(text, field) if _is_keyword(field) else self._phrase(text, field, 0)
            case Phrase(text, field, slop):
                query = _value(text, field) if _is_keyword(field) else self._phrase(text, field, slop)
            case Prefix(text, field):
                query = self._prefix(text, field)
            case Wildcard(pattern, field):
                query = self._pattern(field, partial(self._expansion.wildcard, pattern))
            case Fuzzy(text, field, distance):
                query = self._fuzzy(text, field, distance)
            case DateRange(first, last):
                query = within_days(first, last)
            case InPosts() | InComments():
                query = Constant(Term("kind", POST if isinstance(node, InPosts) else COMMENT))
            case And(nodes):
                query = self._all_of(nodes)
            case Or(nodes):
                query = _joined(AnyOf, self._those_that_decide(nodes))
            case Not(child):
                query = _all_but(self._compile(child))
            case _:
                assert_never(node)
        return query

    def _all_of(self, nodes: Sequence[Node]) -> Query | None:
        wanted = self._those_that_decide([node for node in nodes if not isinstance(node, Not)])
        unwanted = self._those_that_decide([node.node for node in nodes if isinstance(node, Not)])
        required, excluded = _joined(AllOf, wanted), _joined(AnyOf, unwanted)
        if required is None or excluded is None:
            return _all_but(excluded) if required is None else required
        return Without(required, excluded)

    def _those_that_decide(self, nodes: Sequence[Node]) -> list[Query]:
        return [query for node in nodes if (query := self._compile(node)) is not None]

    def _phrase(self, text: str, field: str | None, slop: int) -> Query | None:
        """One term, or several in this order: a phrase, a hyphenated word, a run of Chinese."""
        alternatives = query_terms(text, self._languages)
        if not alternatives:
            return None
        fields = TEXT_FIELDS if field is None else (field,)
        if len(alternatives) > 1:
            return _any([Near(name, alternatives, slop, TEXT_BOOSTS[name]) for name in fields])
        return _any([Term(name, term, TEXT_BOOSTS[name]) for name in fields for term in alternatives[0]])

    def _name(self, text: str, field: str) -> Query | None:
        """The whole value or, of a name, all of these words in it."""
        exact = _value(text, field)
        parts = words(text) if field in NAMES else []
        if exact is None or not parts:
            return exact
        return _any([exact, Constant(AllOf([Term(WORDS_OF[field], part) for part in parts]))])

    def _prefix(self, text: str, field: str | None) -> Query | None:
        """Words that begin so. Of several words the last is the prefix, and the others are whole."""
        if _is_keyword(field):
            return self._pattern(field, partial(self._expansion.prefix, folded(text)))
        parts = words(text)
        found = [self._pattern(field, partial(_only, word)) for word in parts[:-1]]
        found += [self._pattern(field, partial(self._expansion.prefix, word)) for word in parts[-1:]]
        return _joined(AllOf, found)

    def _fuzzy(self, text: str, field: str | None, distance: int) -> Query | None:
        """Words nearly so. Of several words each is."""
        parts = [folded(text)] if _is_keyword(field) else words(text)
        found = [self._pattern(field, partial(self._expansion.fuzzy, word, distance)) for word in parts]
        return _joined(AllOf, found)

    def _pattern(self, field: str | None, expand: _Expand) -> Query:
        """Any of the words that a pattern means, in the field or, where that is None, in any text."""
        if _is_keyword(field):
            names = (field, WORDS_OF[field]) if field in NAMES else (field,)
            return _any([_terms(name, expand, 0.0) for name in names])
        texts = TEXT_FIELDS if field is None else (field,)
        return _any([_terms(WORDS_OF[name], expand, PATTERN_SCORE * TEXT_BOOSTS[name]) for name in texts])


def within_days(first: Period | None, last: Period | None) -> Query:
    """Documents whose post's whole period lies in these, both included; never undated ones."""
    earliest = (first.first_day if first else date.min).toordinal()
    latest = (last.last_day if last else date.max).toordinal()
    begins = NumericRange("first_day", earliest, date.max.toordinal())
    ends = NumericRange("last_day", date.min.toordinal(), latest)
    return AllOf([Constant(begins), Constant(ends)])


def _is_keyword(field: str | None) -> TypeGuard[str]:
    return field is not None and field not in TEXT_FIELDS


def _all_but(query: Query | None) -> Query | None:
    return None if query is None else Without(ALL_DOCUMENTS, query)


def _only(word: str, field: str) -> Query:
    return Term(field, word)


def _value(text: str, field: str) -> Query | None:
    value = folded(text)
    return Constant(Term(field, value)) if value else None


def _terms(field: str, expand: _Expand, score: float) -> Query:
    return Constant(expand(field), score)


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else AnyOf(queries)


def _joined(join: type[AllOf] | type[AnyOf], queries: Sequence[Query]) -> Query | None:
    if len(queries) > 1:
        return join(queries)
    return queries[0] if queries else None
