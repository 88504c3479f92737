"""Posts with their comments: whole, or as far as an index learns of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from search import rows
from search.engine import Change
from search.history import Counts
from search.model import Comment, PostWithComments
from search.store.tables import comments, count, posts, unpublished

BATCH = 50
"""Posts fetched at a time, to be indexed: they may be long."""

Run: TypeAlias = Callable[[sa.Select[*tuple[Any, ...]]], Sequence[Any]]
"""Gives the rows that a query finds."""

_Columns: TypeAlias = Sequence[sa.ColumnElement[Any]]


def _without(columns: Iterable[sa.Column[Any]], *names: str) -> _Columns:
    return [sa.literal("").label(each.name) if each.name in names else each for each in columns]


_WHOLE: tuple[_Columns, _Columns] = ([*posts.columns], [*comments.columns])
_INDEXED = (_without(posts.columns, "html", "origins"), _without(comments.columns, "html"))
"""The columns of posts and of comments. `html` is half of all there is, and nothing in it is searched."""


def contents(
    run: Run, ids: Sequence[str], columns: tuple[_Columns, _Columns] = _WHOLE
) -> dict[str, PostWithComments]:
    """The posts of these ids, by id, with all their comments, oldest first, undated last."""
    of_posts, of_comments = columns
    replies: dict[str, list[Comment]] = {}
    order = (comments.c.date.is_(None), comments.c.date, comments.c.place, comments.c.id)
    shown = sa.select(*of_comments).where(comments.c.post_id.in_(ids), comments.c.shown).order_by(*order)
    for row in run(shown):
        replies.setdefault(row.post_id, []).append(rows.comment(row))
    found = map(rows.post, run(sa.select(*of_posts).where(posts.c.id.in_(ids))))
    return {post.id: PostWithComments(post, tuple(replies.get(post.id, ()))) for post in found}


def changes(run: Run, column: sa.Column[Any]) -> Iterator[Change]:
    """The posts whose ids are in a column, as changes to build an index from, in the order of their ids.

    What an index does not hold is left empty: their HTML, and where their fields are from.
    """
    last = ""
    while batch := run(sa.select(column).where(column > last).order_by(column).limit(BATCH)):
        ids = [row[0] for row in batch]
        found = contents(run, ids, _INDEXED)
        yield from (Change(post_id, found.pop(post_id, None)) for post_id in ids)
        last = ids[-1]


def counts(connection: sa.Connection) -> Counts:
    """How much there is, and how many posts changed since the last generation."""
    shown = count(comments).where(comments.c.shown)
    return Counts(*(connection.scalar(query) or 0 for query in (count(posts), shown, count(unpublished))))
