"""A laxer query: posts with any of the words, where all of them were asked for."""

from __future__ import annotations

from typing import assert_never

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


def relax(node: Node) -> Node:
    """The query with its words as alternatives. A query that cannot be laxer comes back as it is.

    Only words of text become alternatives: what is excluded, dates, `in:` and fields of whole values
    say which posts are meant at all, and stay required.
    """
    match node:
        case And(nodes):
            required = tuple(relax(child) for child in nodes if not _finds_text(child))
            alternatives = _any_of(tuple(relax(child) for child in nodes if _finds_text(child)))
            relaxed = (*required, *alternatives)
            return And(relaxed) if len(relaxed) > 1 else relaxed[0]
        case Or(nodes):
            return _any_of(tuple(relax(child) for child in nodes))[0]
        case Not() | Everything() | DateRange() | InPosts() | InComments():
            return node
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return node
        case _:
            assert_never(node)


def _any_of(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The nodes as one, as a tuple of it, or of nothing where there is none."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, Or) else (node,)
    return (Or(tuple(flat)),) if len(flat) > 1 else tuple(flat)


def _finds_text(node: Node) -> bool:
    """Whether the node looks for words in texts, at least as an alternative."""
    match node:
        case Word(field=field) | Phrase(field=field) | Prefix(field=field):
            return field is None or field in TEXT_FIELDS
        case Wildcard(field=field) | Fuzzy(field=field):
            return field is None or field in TEXT_FIELDS
        case And(nodes) | Or(nodes):
            return any(map(_finds_text, nodes))
        case Not() | Everything() | DateRange() | InPosts() | InComments():
            return False
        case _:
            assert_never(node)
