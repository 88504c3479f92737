"""What makes a comment count as matching: something of the query that it has said itself.

Keyword values and days are on a post's comments, too, so that one document decides a query. A comment
therefore matches `tag:war` whenever its post does, without having said anything. It counts only where
it matches *evidence*: words of the query that a comment itself can have, a commenter, or `in:comments`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

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
    Wildcard,
    Word,
)

OF_COMMENTS: Final = (None, "body", "commenter")
"""Fields in which a comment can have a word of its own."""


def needs_evidence(node: Node) -> bool:
    """Whether a comment could match the node without any evidence."""
    match node:
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return node.field not in OF_COMMENTS
        case InComments():
            return False
        case And(nodes):
            return all(needs_evidence(child) for child in nodes)
        case Or(nodes):
            return any(needs_evidence(child) for child in nodes)
        case Everything() | DateRange() | InPosts() | Not():
            return True
        case _:
            assert_never(node)


def evidence(node: Node, wanted: bool = True) -> Iterator[Node]:
    """The leaves that make a comment count: those not negated, of what comments have."""
    match node:
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            if wanted and node.field in OF_COMMENTS:
                yield node
        case InComments():
            if wanted:
                yield node
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from evidence(child, wanted)
        case Not(child):
            yield from evidence(child, not wanted)
        case Everything() | DateRange() | InPosts():
            return
        case _:
            assert_never(node)
