"""One source, gathered in temporary tables as it is read, and then compared with the store."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from search import staged
from search.history import ChangeCounts
from search.model import Comment, Post
from search.rows import Row
from search.sameness.identity import CommentIdentity, Held, Identity
from search.store.joining import Joining
from search.store.recollection import Recollection
from search.store.replies import Replies
from search.store.tables import count, staged_comments, staged_posts, staging_tables
from search.store.versions import take_over

BATCH = 50
"""Records staged at a time."""

_HELD = Held()
_IDENTITY = Identity()
_COMMENT_IDENTITY = CommentIdentity()


class Staging:
    """What one source holds, gathered as it is read and then compared with the store.

    Rows may come from its `recollection`, if `is_confirmed` is asked before `apply`.
    """

    def __init__(self, connection: sa.Connection, source_id: int) -> None:
        self._connection = connection
        self._source_id = source_id
        self._waiting: dict[sa.Table, list[Row]] = {staged_posts: [], staged_comments: []}
        self._put_count = 0
        self.recollection = Recollection(connection, source_id)
        staging_tables.create_all(connection)
        for table in staging_tables.sorted_tables:
            connection.execute(sa.delete(table))

    def put_post(self, post: Post, held: Held = _HELD, identity: Identity = _IDENTITY) -> None:
        """Add what the source says of a post, and by what that is recognised in other sources."""
        self.put_posts([staged.post_row(post, held, identity)])

    def put_posts(self, those: Iterable[Row]) -> None:
        """The same, of rows that `search.staged` made."""
        for row in those:
            self._put(staged_posts, row)

    def put_comment(
        self, comment: Comment, held: Held = _HELD, identity: CommentIdentity = _COMMENT_IDENTITY
    ) -> None:
        """Add a comment; its post may come later, in this source or in another."""
        self.put_comments([staged.comment_row(comment, held, identity)])

    def put_comments(self, those: Iterable[Row]) -> None:
        """The same, of rows that `search.staged` made; one without a `place` has that of its turn."""
        for row in those:
            self._put(staged_comments, {"place": self._put_count} | row)

    def _put(self, table: sa.Table, row: Row) -> None:
        self._put_count += 1
        self._waiting[table].append(row)
        if len(self._waiting[table]) >= BATCH:
            self._flush(table)

    def _flush(self, table: sa.Table) -> None:
        """Insert what waits; of records with one id, a full export's and then the later-modified stays."""
        insert = sqlite.insert(table)
        new, old = insert.excluded, table.c
        later = sa.and_(new.complete == old.complete, new.modified >= old.modified)
        upsert = insert.on_conflict_do_update(
            index_elements=["id", "format"],
            set_={column.name: new[column.name] for column in table.columns},
            where=sa.or_(new.complete > old.complete, later),
        )
        if self._waiting[table]:
            self._connection.execute(upsert, self._waiting[table])
            self._waiting[table].clear()

    def is_confirmed(self) -> bool:
        """Whether the store holds all that was recalled; else the source is to be staged anew, in full."""
        self._flush_all()
        return self.recollection.is_confirmed()

    def _flush_all(self) -> None:
        for table in self._waiting:
            self._flush(table)

    def apply(self, *, keep_missing: bool) -> ChangeCounts:
        """Bring the store to what the source holds; what no source holds any more is removed.

        With `keep_missing` nothing is removed. Comments whose post is not in the archive wait for it.
        """
        self._flush_all()
        staged = sum(self._connection.scalar(count(table)) or 0 for table in self._waiting)
        newest = take_over(self._connection, self._source_id, keep_missing=keep_missing)
        posts = Joining(self._connection, self._source_id, newest).counts()
        replies = Replies(self._connection, self._source_id, newest).counts(keep_missing=keep_missing)
        self.recollection.replace()
        return ChangeCounts(duplicates=self._put_count - staged) + posts + replies
