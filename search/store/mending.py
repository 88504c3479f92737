"""Putting right what can be put right in a store that was damaged.

What a record said cannot be known from here. So it is noted that its digest is not known any more: its
source, read again, then says something other than the store, as that is compared, and replaces it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from search.store.changes import note_unpublished
from search.store.damage import NOTED, Damage, Record
from search.store.readable import make_readable
from search.store.tables import comments, feeds, kept_posts, posts, recollections, version_keys, versions
from search.store.versions import keys_of


def mend(connection: sa.Connection, found: Iterable[Damage]) -> None:
    """Note all damaged records, and put in order what follows from others."""
    by_record: dict[Record, list[Damage]] = {record: [] for record in Record}
    for each in found:
        by_record[each.record].append(each)
    for post in by_record[Record.POST]:
        make_readable(connection, posts, posts.c.id == post.key)
    for version in by_record[Record.VERSION]:
        make_readable(connection, kept_posts, kept_posts.c.number == version.key)
    for comment in by_record[Record.COMMENT]:
        make_readable(connection, comments, comments.c.number == comment.key)
    _note_posts(connection, [each.post_id for each in by_record[Record.POST] if not each.noted])
    _note(connection, versions, by_record[Record.VERSION])
    _note(connection, comments, by_record[Record.COMMENT])
    for stray in by_record[Record.KEPT]:
        connection.execute(sa.delete(kept_posts).where(kept_posts.c.number == stray.key))
    if by_record[Record.KEYS]:
        _list_keys_anew(connection)
    for unheld in by_record[Record.UNHELD]:
        _take_out(connection, unheld.post_id)


def forget_what_was_read(connection: sa.Connection) -> None:
    """Have each source read in full the next time, and each feed send all that it has.

    What is lost without a trace is not noted at any record, and a feed that has not changed sends nothing.
    """
    connection.execute(sa.delete(recollections))
    connection.execute(sa.update(feeds).values(etag="", last_modified=""))


def make_indices_anew(connection: sa.Connection) -> None:
    """Make SQLite's own indices of the tables as they are."""
    connection.exec_driver_sql("REINDEX")


def _take_out(connection: sa.Connection, post_id: str) -> None:
    """Remove a post of which no source has a version; comments that sources have on it wait for it again."""
    note_unpublished(connection, sa.select(posts.c.id).where(posts.c.id == post_id))
    connection.execute(sa.delete(posts).where(posts.c.id == post_id))
    of_post = sa.update(comments).where(comments.c.post_id == post_id)
    connection.execute(of_post.values(post_id="", shown=False))


def _note_posts(connection: sa.Connection, ids: Iterable[str]) -> None:
    """Note posts, and all versions that they were made of."""
    for post_id in ids:
        connection.execute(sa.update(posts).where(posts.c.id == post_id).values(digest=NOTED))
        connection.execute(sa.update(versions).where(versions.c.post_id == post_id).values(digest=NOTED))


def _note(connection: sa.Connection, table: sa.Table, damaged: Sequence[Damage]) -> None:
    for each in damaged:
        connection.execute(sa.update(table).where(table.c.number == each.key).values(digest=NOTED))


def _list_keys_anew(connection: sa.Connection) -> None:
    each_key = keys_of(versions)
    keys = sa.select(each_key.c.value, versions.c.number).distinct()
    keys = keys.select_from(versions.join(each_key, sa.true()))
    connection.execute(sa.delete(version_keys))
    connection.execute(sa.insert(version_keys).from_select(["key", "version"], keys))
