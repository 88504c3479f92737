"""The fields of the index, as Whoosh knows them.

A document is a post or a comment. Running text is indexed twice. `title` and `body` hold stemmed terms
with positions: they are what words and phrases look in, and what is scored. `title_word` and
`body_word` hold the words as they are read (folded, not stemmed), without positions or weights: they
are what prefixes, wildcards, fuzzy words and corrections look in, so that `runn*` finds "running"
although its term is "run". Both forms in one field would lengthen every text (and so change its score)
and let a stem pass for somebody's word.

Keyword fields hold whole values as one term each, folded; authors and commenters their words as well.
A comment carries the keyword values and days of its post, so that one document decides a query.
"""

from __future__ import annotations

from typing import Final

from whoosh.analysis import IDTokenizer
from whoosh.analysis.analyzers import CompositeAnalyzer
from whoosh.fields import NUMERIC, FieldType, Schema
from whoosh.formats import Existence, Positions

TEXT_BOOSTS: Final = {"title": 2.0, "body": 1.0}
"""The fields of running text, and how much a match in each counts."""

WORDS_OF: Final = {
    "title": "title_word",
    "body": "body_word",
    "author": "author_word",
    "commenter": "commenter_word",
}
"""The field that holds the unstemmed words of another."""

NAMES: Final = ("author", "commenter")
"""Keyword fields that are found by one of their words, too."""

POST: Final = "post"
COMMENT: Final = "comment"
"""The values of the field `kind`."""


_WHOLE: Final = CompositeAnalyzer(IDTokenizer())
# Documents bring their terms ready made; Whoosh only asks that there be an analyser.


def _text() -> FieldType:
    """Terms with positions."""
    return FieldType(format=Positions(), analyzer=_WHOLE, scorable=True)


def _terms() -> FieldType:
    """Terms that a document has or has not."""
    return FieldType(format=Existence(), analyzer=_WHOLE)


def _day() -> FieldType:
    """A day number (`date.toordinal`): one term each, none for a whole range of days."""
    return NUMERIC(int, bits=32, signed=False, shift_step=0)


SCHEMA: Final = Schema(
    kind=_terms(),
    post=_terms(),
    title=_text(),
    body=_text(),
    title_word=_terms(),
    body_word=_terms(),
    author=_terms(),
    author_word=_terms(),
    commenter=_terms(),
    commenter_word=_terms(),
    tag=_terms(),
    blog=_terms(),
    publication=_terms(),
    reporter=_terms(),
    language=_terms(),
    first_day=_day(),
    last_day=_day(),
)
"""`post` is the id of the document's post."""


def described() -> dict[str, dict[str, object]]:
    """The fields as plain data, by which an index of other fields is told apart."""
    return {name: _described(name, field) for name, field in SCHEMA.items()}


def _described(name: str, field: FieldType) -> dict[str, object]:
    if isinstance(field, NUMERIC):
        return {"kind": "day"}
    if name in TEXT_BOOSTS:
        return {"kind": "text", "boost": TEXT_BOOSTS[name]}
    return {"kind": "terms"}
