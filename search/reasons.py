"""Why a post matched: which words of the query are where, and in which form, or which values it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, TypeAlias, assert_never

from search.model import Post
from search.query.ast import TEXT_FIELDS, And, Fuzzy, Node, Or, Phrase, Prefix, Query, Term, Wildcard, Word
from search.results import Reason
from search.text.fragments import Highlighter, Spellings
from search.text.words import fold

MOST_FORMS: Final = 3
"""How many forms of a word are told."""

_PLACES: Final = ("title", "body", "comments")

_VALUES: Final[Mapping[str, Callable[[Post], Iterable[str]]]] = {
    "tag": lambda post: post.tags,
    "author": lambda post: post.authors,
    "blog": lambda post: (post.blog.name,),
    "publication": lambda post: (post.publication,),
    "reporter": lambda post: post.reporters,
    "language": lambda post: (post.language,),
}
"""The values of a post that a field word names."""


class Reasons:
    """What of a query, in a highlighter's order of it, is in the posts of a page. Made for one request."""

    def __init__(self, query: Query, highlighter: Highlighter) -> None:
        self._numbers = range(len(highlighter.terms))
        self._values = tuple(dict.fromkeys(_value_terms(query.node)))
        self._made = _Made(map(typed, highlighter.terms))

    def of(self, post: Post, title: Spellings, body: Spellings, comments: Spellings) -> tuple[Reason, ...]:
        """The reasons of a post, by what the highlighter found in it."""
        made, no = self._made, ()
        reasons = [
            made[n, tuple(title.get(n, no)), tuple(body.get(n, no)), tuple(comments.get(n, no))]
            for n in self._numbers
            if n in title or n in body or n in comments
        ]
        if self._values:
            reasons += _reasons_of_values(self._values, post)
        return tuple(reasons)


_Words: TypeAlias = tuple[str, ...]


class _Made(dict[tuple[int, _Words, _Words, _Words], Reason]):
    """Reasons by the number of a term and its spellings in each place: posts have many in common."""

    def __init__(self, texts: Iterable[str]) -> None:
        super().__init__()
        self._texts = tuple(texts)

    def __missing__(self, found: tuple[int, _Words, _Words, _Words]) -> Reason:
        number, *spelt = found
        places = tuple(place for place, spellings in zip(_PLACES, spelt, strict=True) if spellings)
        forms = {" ".join(spelling.lower().split()): None for spellings in spelt for spelling in spellings}
        reason = self[found] = Reason(self._texts[number], places, tuple(islice(forms, MOST_FORMS)))
        return reason


def typed(term: Term) -> str:
    """A term as it is typed into a query."""
    match term:
        case Word(text):
            written = text
        case Phrase(text, _, slop):
            written = f'"{text}"~{slop}' if slop else f'"{text}"'
        case Prefix(text):
            written = f"{text}*"
        case Wildcard(pattern):
            written = pattern
        case Fuzzy(text, _, distance):
            written = f"{text}~" if distance == 1 else f"{text}~{distance}"
        case _:
            assert_never(term)
    return f"{term.field}:{written}" if term.field else written


def _value_terms(node: Node) -> Iterator[Word | Phrase]:
    """The whole values that a query names; none that it excludes."""
    match node:
        case Word(field=str(field)) | Phrase(field=str(field)) if field not in TEXT_FIELDS:
            yield node
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from _value_terms(child)
        case _:
            return


def _reasons_of_values(terms: Iterable[Word | Phrase], post: Post) -> Iterator[Reason]:
    for term in terms:
        field, wanted = term.field or "", " ".join(fold(term.text).split())
        values = _VALUES[field](post) if field in _VALUES else ()
        having = [value for value in values if _is_named(wanted, value, by_word=field == "author")]
        if having:
            yield Reason(typed(term), (field,), tuple(having[:MOST_FORMS]))


def _is_named(wanted: str, value: str, *, by_word: bool) -> bool:
    words = fold(value).split()
    return wanted == " ".join(words) or (by_word and wanted in words)
