"""Stores of earlier versions, brought to the tables of this one; nothing that they hold is lost.

What schema 1 did not know of a post's sources is learned when they are read again: their versions have
no format and no keys until then, and are compared by their ids only.
"""

from __future__ import annotations

import sqlalchemy as sa

from search.errors import ArchiveNotFound, StoreUnreadable
from search.store.tables import facts, recollections, tables

SCHEMA = "2"
"""What this version writes and reads."""


# Schema 1 had one version of each post and comment, and noted in `holdings` which sources had it. Only
# whether a source was complete said of what standing it was: 3 for an export, 2 for a feed.
_MAKING_ROOM = (
    "ALTER TABLE posts RENAME TO earlier_posts",
    "ALTER TABLE comments RENAME TO earlier_comments",
    "DROP INDEX IF EXISTS posts_in_brief",
)
_MOVING_IN = (
    """
    INSERT INTO posts (id, digest, date, text, link, blog, blog_link, title, summary, language, publication,
        kind, authors, tags, reporters, origins, updated, html)
    SELECT id, digest, date, text, link, blog, blog_link, title, summary, language, publication,
        kind, authors, tags, reporters, origins, updated, html
    FROM earlier_posts
    """,
    """
    INSERT INTO versions (record_id, source_id, post_id, format, standing, complete, modified, digest,
        known_id_kind, known_scheme, known_own, known_blog_name, known_blog_link, known_blog_host,
        known_first_day, known_last_day, known_by)
    SELECT record_id, holdings.source_id, record_id, '', CASE WHEN holdings.complete THEN 3 ELSE 2 END,
        holdings.complete, modified, x'', 0, 0, 0, 0, 0, 0, 0, 0, '[]'
    FROM holdings JOIN earlier_posts ON id = record_id
    """,
    """
    INSERT INTO kept_posts (number, date, text, link, blog, blog_link, title, summary, language, publication,
        kind, authors, tags, reporters, origins, updated, html)
    SELECT number, date, text, link, blog, blog_link, title, summary, language, publication,
        kind, authors, tags, reporters, origins, updated, html
    FROM versions JOIN posts ON id = post_id
    WHERE (SELECT count(*) FROM holdings WHERE holdings.record_id = posts.id) > 1
    """,
    """
    INSERT INTO comments (id, source_id, post_id, shown, format, standing, complete, modified, digest,
        post_record, known_by, known_own, known_words, parent_record,
        date, text, link, place, author, parent, html)
    SELECT id, holdings.source_id, post_id,
        holdings.source_id = (SELECT min(source_id) FROM holdings AS others WHERE others.record_id = id),
        '', CASE WHEN holdings.complete THEN 3 ELSE 2 END, holdings.complete, modified, x'',
        post_id, '[]', 0, 0, parent,
        date, text, link, place, author, parent, html
    FROM earlier_comments JOIN holdings ON id = record_id
    """,
    "DROP TABLE holdings",
    "DROP TABLE earlier_comments",
    "DROP TABLE earlier_posts",
)


def bring_up_to_date(connection: sa.Connection) -> None:
    """Create the tables in an empty database, and change those of an earlier version."""
    if not sa.inspect(connection).get_table_names():
        tables.create_all(connection)
        connection.execute(sa.insert(facts).values(name="schema", value=SCHEMA))
    if _schema(connection) == "1":
        _from_the_first(connection)
        connection.execute(sa.update(facts).where(facts.c.name == "schema").values(value=SCHEMA))
    check(connection)
    recollections.create(connection, checkfirst=True)  # it came later, and may be lost at any time


def check(connection: sa.Connection) -> None:
    """Raise `StoreUnreadable` for a store with other tables than these, `ArchiveNotFound` for one without."""
    if not sa.inspect(connection).get_table_names():  # whoever began to make it was stopped, or is at it
        raise ArchiveNotFound("nothing was imported yet: run `blogsearch reindex SOURCE` first")
    found = _schema(connection)
    if found == "1":
        raise StoreUnreadable(
            "the store was written by an earlier version: run `blogsearch reindex` to bring it up to date"
        )
    if found != SCHEMA:
        wrong = f"the store has schema {found}, not {SCHEMA}: use the version that wrote it"
        raise StoreUnreadable(wrong)


def _schema(connection: sa.Connection) -> str:
    return connection.scalar(sa.select(facts.c.value).where(facts.c.name == "schema")) or "none"


def _from_the_first(connection: sa.Connection) -> None:
    for statement in _MAKING_ROOM:
        connection.exec_driver_sql(statement)
    tables.create_all(connection)
    for statement in _MOVING_IN:
        connection.exec_driver_sql(statement)
