"""What a query means, as plain data that any engine can compile with one `match`.

Texts in the tree are as the user typed them; each engine analyses them with `search.text`, so that a
query is folded and stemmed exactly as the posts were.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.message import Message
from search.model import Period

TEXT_FIELDS = ("title", "body")
"""Fields of running text; a word without a field is looked for in all of them."""

KEYWORD_FIELDS = ("author", "commenter", "tag", "blog", "publication", "reporter", "language")
"""Fields of whole values: equal whatever the case and accents (author and commenter: or by a word)."""

FIELDS = TEXT_FIELDS + KEYWORD_FIELDS
"""Every field a query can name with `field:`, dates and `in:` aside."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All posts: what an empty query means."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, in `field` or, where that is None, in any text."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, with at most `slop` other words among them (0: adjacent).

    On a keyword field the phrase is one whole value: `author:"Jonathan Low"`.
    """

    text: str
    field: str | None = None
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text` (written `text*`)."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words that match `pattern`, where `*` is any letters and `?` exactly one."""

    pattern: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words at most `distance` edits (1 or 2) away from `text` (written `text~` or `text~2`)."""

    text: str
    field: str | None = None
    distance: int = 1


@dataclass(frozen=True, slots=True)
class DateRange:
    """Posts of these days, both ends included; None leaves an end open. Undated posts are in none."""

    first: Period | None = None
    last: Period | None = None


@dataclass(frozen=True, slots=True)
class InPosts:
    """Only the posts themselves (`in:posts`)."""


@dataclass(frozen=True, slots=True)
class InComments:
    """Only comments (`in:comments`); the result is still their posts."""


@dataclass(frozen=True, slots=True)
class And:
    """All of the nodes; at least two."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the nodes; at least two."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever the node is not. Alone, it is everything but the node."""

    node: Node


Term = Word | Phrase | Prefix | Wildcard | Fuzzy
"""The leaves that words of a text can match: what is scored, marked and counted against the limit."""

Node = (
    Everything | Word | Phrase | Prefix | Wildcard | Fuzzy | DateRange | InPosts | InComments | And | Or | Not
)


@dataclass(frozen=True, slots=True)
class Query:
    """What a text was read as. `warnings` tell the user what was read otherwise than typed."""

    text: str
    node: Node
    warnings: tuple[Message, ...] = ()


EMPTY = Query("", Everything())
"""The query of an empty box: browse everything."""
