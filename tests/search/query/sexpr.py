"""Query trees written compactly, to be read in a file of expected ones."""

from __future__ import annotations

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
    Wildcard,
    Word,
)


def sexpr(node: Node) -> str:
    """The tree as text: `(and war title:"a phrase" (not peace))`."""
    match node:
        case Everything():
            return "everything"
        case And(nodes):
            return f"(and {' '.join(map(sexpr, nodes))})"
        case Or(nodes):
            return f"(or {' '.join(map(sexpr, nodes))})"
        case Not(child):
            return f"(not {sexpr(child)})"
        case Word(text, field):
            return _in(field, text)
        case Phrase(text, field, slop):
            return _in(field, f'"{text}"' + (f"~{slop}" if slop else ""))
        case Prefix(text, field):
            return f"(prefix {_in(field, text)})"
        case Wildcard(pattern, field):
            return f"(wildcard {_in(field, pattern)})"
        case Fuzzy(text, field, distance):
            return f"(fuzzy {_in(field, text)} {distance})"
        case DateRange(first, last):
            return f"(dates {first or ''}..{last or ''})"
        case InPosts():
            return "in:posts"
        case InComments():
            return "in:comments"
        case _:
            assert_never(node)


def _in(field: str | None, text: str) -> str:
    return f"{field}:{text}" if field else text
