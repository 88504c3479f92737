"""One source, gathered in temporary tables as it is read, and then compared with the store."""

from __future__ import annotations

import hashlib
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from search import rows
from search.history import ChangeCounts
from search.model import Comment, Post
from search.rows import Row
from search.store.tables import comments, count, holdings, posts, staged_comments, staged_posts, unpublished

BATCH = 200
"""Records staged at a time."""


class Staging:
    """What one source holds, gathered as it is read and then compared with the store."""

    def __init__(self, connection: sa.Connection, source_id: int) -> None:
        self._connection = connection
        self._source_id = source_id
        self._waiting: dict[sa.Table, list[Row]] = {staged_posts: [], staged_comments: []}
        self._put_count = 0

    def put_post(self, post: Post, *, complete: bool) -> None:
        """Add a post; `complete` says that the source holds all of its blog (see `Format`)."""
        self._put(staged_posts, rows.post_row(post), str(post.updated or post.date or ""), complete)

    def put_comment(self, comment: Comment, *, complete: bool) -> None:
        """Add a comment; its post may come later."""
        row = rows.comment_row(comment)
        self._put(staged_comments, row, str(comment.date or ""), complete, place=self._put_count)

    def _put(self, table: sa.Table, row: Row, modified: str, complete: bool, **more: int) -> None:
        digest = hashlib.blake2b(repr(row).encode("utf-8"), digest_size=16).digest()
        row |= {
            "source_id": self._source_id,
            "complete": complete,
            "modified": modified,
            "digest": digest,
            **more,
        }
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
            index_elements=["id"],
            set_={column.name: new[column.name] for column in table.columns},
            where=sa.or_(new.complete > old.complete, later),
        )
        if self._waiting[table]:
            self._connection.execute(upsert, self._waiting[table])
            self._waiting[table].clear()

    def apply(self, *, keep_missing: bool) -> ChangeCounts:
        """Bring the store to what the source holds; what no source holds any more is removed.

        With `keep_missing` nothing is removed. Comments whose post is not in the archive are left out.
        """
        run = self._connection.execute
        for table in self._waiting:
            self._flush(table)
        duplicates = self._put_count - sum(run(count(table)).scalar_one() for table in self._waiting)
        if not keep_missing:
            self._let_go()
        self._hold(staged_posts)
        post_counts = self._merge(posts, staged_posts, "id")
        removed = self._remove(posts, posts.c.id, ~_is_held(posts))
        homeless = staged_comments.c.post_id.not_in(sa.select(posts.c.id))
        orphans = run(sa.delete(staged_comments).where(homeless)).rowcount
        self._hold(staged_comments)
        comment_counts = self._merge(comments, staged_comments, "post_id")
        gone = sa.or_(~_is_held(comments), comments.c.post_id.not_in(sa.select(posts.c.id)))
        removed += self._remove(comments, comments.c.post_id, gone)
        return ChangeCounts(0, 0, 0, removed, duplicates, orphans) + post_counts + comment_counts

    def _let_go(self) -> None:
        """Give up the records that the source held as a whole and holds no longer."""
        present = sa.union_all(sa.select(staged_posts.c.id), sa.select(staged_comments.c.id))
        vanished = sa.and_(
            holdings.c.source_id == self._source_id, holdings.c.complete, holdings.c.record_id.not_in(present)
        )
        self._connection.execute(sa.delete(holdings).where(vanished))

    def _hold(self, staged: sa.Table) -> None:
        """Note that the source holds what is staged."""
        mine = sa.and_(
            holdings.c.source_id == self._source_id, holdings.c.record_id.in_(sa.select(staged.c.id))
        )
        self._connection.execute(sa.delete(holdings).where(mine))
        held = sa.select(staged.c.id, staged.c.source_id, staged.c.complete)
        self._connection.execute(sa.insert(holdings).from_select([c.name for c in holdings.columns], held))

    def _merge(self, live: sa.Table, staged: sa.Table, post_id: str) -> ChangeCounts:
        """Take over what is new or changed.

        A post that several sources hold is the first one's, unless that was only a feed and this is a
        full export: so that importing them all again changes nothing.
        """
        held = sa.exists().where(holdings.c.record_id == live.c.id, holdings.c.source_id == live.c.source_id)
        theirs = sa.and_(
            live.c.source_id != staged.c.source_id, sa.or_(live.c.complete, ~staged.c.complete), held
        )
        same = sa.exists().where(live.c.id == staged.c.id, sa.or_(live.c.digest == staged.c.digest, theirs))
        run = self._connection.execute
        unchanged = run(sa.delete(staged).where(same)).rowcount
        replaced = live.c.id.in_(sa.select(staged.c.id))
        self._note_unpublished(sa.select(staged.c[post_id]))
        self._note_unpublished(sa.select(live.c[post_id]).where(replaced))
        updated = run(sa.delete(live).where(replaced)).rowcount
        taken = run(sa.insert(live).from_select([c.name for c in staged.columns], sa.select(staged))).rowcount
        return ChangeCounts(added=taken - updated, updated=updated, unchanged=unchanged)

    def _remove(self, live: sa.Table, post_id: sa.Column[Any], gone: sa.ColumnElement[bool]) -> int:
        self._note_unpublished(sa.select(post_id).where(gone))
        return self._connection.execute(sa.delete(live).where(gone)).rowcount

    def _note_unpublished(self, post_ids: sa.Select[Any]) -> None:
        new = post_ids.where(post_ids.selected_columns[0].not_in(sa.select(unpublished.c.post_id))).distinct()
        self._connection.execute(sa.insert(unpublished).from_select(["post_id"], new))


def _is_held(live: sa.Table) -> sa.ColumnElement[bool]:
    return live.c.id.in_(sa.select(holdings.c.record_id))
