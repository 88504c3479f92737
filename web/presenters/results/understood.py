"""What a query was read as, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from search.query.ast import (
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
    Query,
    Wildcard,
    Word,
)
from web.language.voice import gettext, marked
from web.presenters import words

_IN_FIELD = {
    "title": marked("%(what)s in the title"),
    "body": marked("%(what)s in the text"),
    "author": marked("the author “%(text)s”"),
    "commenter": marked("the commenter “%(text)s”"),
    "tag": marked("the tag “%(text)s”"),
    "blog": marked("the blog “%(text)s”"),
    "publication": marked("the quoted publication “%(text)s”"),
    "reporter": marked("the quoted reporter “%(text)s”"),
    "language": marked("the language “%(text)s”"),
}
"""What a field word asks for."""


def understood(query: Query) -> str:
    """`You searched for the tag “war” and the word “drones”.`; nothing of a query that is only words."""
    if _is_plain(query.node):
        return ""
    return gettext("You searched for %(what)s.", what=said(query.node))


def _is_plain(node: Node) -> bool:
    match node:
        case Everything() | Word(field=None):
            return True
        case And(nodes):
            return all(isinstance(each, Word) and each.field is None for each in nodes)
        case _:
            return False


def said(node: Node) -> str:
    """What one part of a query asks for: `the tag “war”`."""
    match node:
        case Everything():
            return gettext("everything")
        case And(nodes) | Or(nodes):
            join = words.both if isinstance(node, And) else words.either
            return join(_grouped(nodes))
        case Not(inner):
            return gettext("not %(what)s", what=_grouped([inner])[0])
        case DateRange():
            return _dates(node)
        case InPosts() | InComments():
            return gettext("posts only") if isinstance(node, InPosts) else gettext("comments only")
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return _term(node)
        case _:
            assert_never(node)


def _grouped(nodes: Sequence[Node]) -> list[str]:
    return [f"({said(each)})" if isinstance(each, And | Or) else said(each) for each in nodes]


def _term(node: Word | Phrase | Prefix | Wildcard | Fuzzy) -> str:
    text = node.pattern if isinstance(node, Wildcard) else node.text
    if node.field is None:
        return _what(node, text)
    written = f"{text}*" if isinstance(node, Prefix) else f"{text}~" if isinstance(node, Fuzzy) else text
    return gettext(_IN_FIELD[node.field], what=_what(node, text), text=words.value(node.field, written))


def _what(node: Word | Phrase | Prefix | Wildcard | Fuzzy, text: str) -> str:
    match node:
        case Word():
            return gettext("the word “%(text)s”", text=text)
        case Phrase(slop=0):
            return gettext("the words “%(text)s” in this order", text=text)
        case Phrase():
            return gettext("the words “%(text)s” near each other", text=text)
        case Prefix():
            return gettext("words that begin with “%(text)s”", text=text)
        case Wildcard():
            return gettext("words such as “%(text)s”", text=text)
        case Fuzzy():
            return gettext("words spelt much like “%(text)s”", text=text)
        case _:
            assert_never(node)


def _dates(node: DateRange) -> str:
    first, last = (words.day(end) if end else "" for end in (node.first, node.last))
    if first == last:
        return gettext("the date %(date)s", date=first) if first else gettext("any date")
    if not last:
        return gettext("dates from %(date)s", date=first)
    if not first:
        return gettext("dates until %(date)s", date=last)
    return gettext("dates from %(first)s until %(last)s", first=first, last=last)
