"""What came of batches of records when their source was last read, so that the same need not be read anew.

Of each record it is known how it is compared with others: its id, format and digest. That is staged like a
record in full, only without its text. Nothing follows from a recollection that the store does not confirm:
`is_confirmed` says whether all that would be taken from it is there, to the last letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from search.rows import Row
from search.store.tables import (
    comments,
    recollections,
    staged_comments,
    staged_posts,
    staged_recollections,
    versions,
)

_COMPARED: Final = ("id", "format", "standing", "complete", "modified")
_POST_DIGEST, _COMMENT_DIGEST = "version_digest", "digest"


@dataclass(frozen=True, slots=True)
class Recalled:
    """Rows to stage, and whatever else was noted of the batch."""

    posts: Sequence[Row]
    comments: Sequence[Row]
    notes: Mapping[str, Any]


class Recollection:
    """Of one source: what is known from the last time, and what is to be known the next time."""

    def __init__(self, connection: sa.Connection, source_id: int) -> None:
        self._connection = connection
        self._source_id = source_id

    def is_empty(self) -> bool:
        """Whether nothing is known."""
        known = sa.exists().where(recollections.c.source_id == self._source_id)
        return not self._connection.scalar(sa.select(known))

    def of(self, batch: bytes) -> Recalled | None:
        """What came of the batch with this digest; None where that is not known."""
        this = sa.and_(recollections.c.source_id == self._source_id, recollections.c.digest == batch)
        told = self._connection.scalar(sa.select(recollections.c.told).where(this))
        if told is None:
            return None
        return Recalled(
            [_row(_BLANK_POST, _POST_DIGEST, values) for values in told["posts"]],
            [_row(_BLANK_COMMENT, _COMMENT_DIGEST, values) for values in told["comments"]],
            told["notes"],
        )

    def add(
        self, batch: bytes, posts: Iterable[Row], comments: Iterable[Row], notes: Mapping[str, Any]
    ) -> None:
        """Note what came of a batch. `notes` are JSON; rows that were recalled will do."""
        told = {
            "posts": [_in_brief(row, _POST_DIGEST) for row in posts],
            "comments": [_in_brief(row, _COMMENT_DIGEST) for row in comments],
            "notes": dict(notes),
        }
        insert = sqlite.insert(staged_recollections).on_conflict_do_nothing()
        self._connection.execute(insert, {"digest": batch, "told": told})

    def is_confirmed(self) -> bool:
        """Whether the store holds everything that is staged without its text."""
        new, old = staged_posts.c, versions.c
        post = sa.exists().where(
            old.record_id == new.id,
            old.source_id == self._source_id,
            old.format == new.format,
            old.digest == new.version_digest,
        )
        reply, known = staged_comments.c, comments.c
        comment = sa.exists().where(
            known.id == reply.id,
            known.source_id == self._source_id,
            known.format == reply.format,
            known.digest == reply.digest,
        )
        unknown = (
            sa.exists(sa.select(new.id).where(new.text.is_(None), ~post)),
            sa.exists(sa.select(reply.id).where(reply.text.is_(None), ~comment)),
        )
        return not self._connection.scalar(sa.select(sa.or_(*unknown)))

    def replace(self) -> None:
        """Know what was added, and nothing else any more."""
        this = recollections.c.source_id == self._source_id
        self._connection.execute(sa.delete(recollections).where(this))
        added = staged_recollections.c
        query = sa.select(sa.literal(self._source_id), added.digest, added.told)
        columns = ["source_id", "digest", "told"]
        self._connection.execute(sa.insert(recollections).from_select(columns, query))


def _in_brief(row: Row, digest: str) -> list[Any]:
    return [*(row[name] for name in _COMPARED), row[digest].hex()]


def _row(blank: Row, digest: str, values: Sequence[Any]) -> Row:
    *compared, told = values
    return blank | dict(zip(_COMPARED, compared, strict=True)) | {digest: bytes.fromhex(told)}


def _blank(table: sa.Table) -> Row:
    """A row that says nothing."""
    return {column.name: None if column.nullable else _nothing(column) for column in table.columns}


def _nothing(column: sa.Column[Any]) -> object:
    if isinstance(column.type, sa.JSON):
        return []
    return column.type.python_type()


_BLANK_POST: Final = _blank(staged_posts)
_BLANK_COMMENT: Final = _blank(staged_comments)
