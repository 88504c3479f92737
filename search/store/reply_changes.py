"""What of the comments is shown otherwise than before an import."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from search.history import ChangeCounts
from search.store.tables import comments, seen, staged_comments

_differs = sa.or_(
    comments.c.number.is_(None),
    comments.c.shown != seen.c.shown,
    comments.c.post_id != seen.c.post_id,
    comments.c.parent != seen.c.parent,
)
"""Of a comment as it was seen beside itself as it is, in an outer join."""


def posts_shown_otherwise(newest: int) -> sa.Select[Any]:
    """The posts of which a reader sees other comments now; those with a number over `newest` are new."""
    pairs = seen.outerjoin(comments, comments.c.number == seen.c.number)
    left = sa.select(seen.c.post_id).select_from(pairs).where(seen.c.shown, _differs)
    came = sa.select(comments.c.post_id).select_from(pairs).where(comments.c.shown, _differs)
    new = sa.select(comments.c.post_id).where(comments.c.number > newest, comments.c.shown)
    every = sa.union(left, came, new).subquery()
    return sa.select(every.c.post_id)


def counts(connection: sa.Connection, source_id: int, newest: int) -> ChangeCounts:
    """How many comments came, changed and went, for a reader.

    One that is now shown by the version of another source has changed. `orphans` counts those of the
    source that wait for their post.
    """

    def number(query: sa.Select[Any]) -> int:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0)

    before = sa.select(seen.c.record_id).where(seen.c.shown)
    open_ = sa.or_(comments.c.number > newest, comments.c.number.in_(sa.select(seen.c.number)))
    now = sa.select(comments.c.id).where(open_, comments.c.shown)
    came = number(now.where(comments.c.id.not_in(before)))
    went = number(before.where(seen.c.record_id.not_in(now)))
    swapped = min(came, went, number(_swapped()))
    pairs = seen.outerjoin(comments, comments.c.number == seen.c.number)
    otherwise = sa.or_(
        comments.c.number > newest,
        comments.c.number.in_(sa.select(seen.c.number).select_from(pairs).where(_differs)),
    )
    changed = sa.select(comments.c.id).where(comments.c.shown, otherwise)
    staged = (
        sa.select(comments.c.number)
        .join(
            staged_comments,
            sa.and_(staged_comments.c.id == comments.c.id, staged_comments.c.format == comments.c.format),
        )
        .where(comments.c.source_id == source_id)
    )
    return ChangeCounts(
        added=came - swapped,
        updated=number(changed.where(comments.c.id.in_(before))) + swapped,
        unchanged=number(staged.where(comments.c.post_id != "", ~sa.and_(comments.c.shown, otherwise))),
        removed=went - swapped,
        orphans=number(staged.where(comments.c.post_id == "")),
    )


def _swapped() -> sa.Select[Any]:
    """The comments whose place another version took, or that took the place of one."""
    hidden = sa.and_(seen.c.shown, ~comments.c.shown)
    revealed = sa.and_(~seen.c.shown, seen.c.post_id != "", comments.c.shown)
    return (
        sa.select(seen.c.number)
        .join(comments, comments.c.number == seen.c.number)
        .where(comments.c.post_id != "", sa.or_(hidden, revealed))
    )
