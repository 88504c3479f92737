"""The tables of the store, and the temporary ones in which a source is gathered while it is read."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _record_columns() -> list[sa.Column[Any]]:
    """What posts and comments share: which source's version this is, and a digest to compare it by."""
    return [
        sa.Column("id", sa.String(12), primary_key=True),
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("modified", sa.String(20), nullable=False),
        sa.Column("digest", sa.LargeBinary(16), nullable=False),
        sa.Column("date", sa.String(20)),
        *map(_text, ("text", "link")),
    ]


def _post_columns() -> list[sa.Column[Any]]:
    lists = ("authors", "tags", "reporters", "origins")
    return [
        *_record_columns(),
        *map(_text, ("blog", "blog_link", "title", "summary", "language", "publication", "kind")),
        *(sa.Column(name, sa.JSON, nullable=False) for name in lists),
        sa.Column("updated", sa.String(20)),
        _text("html"),  # the last: SQLite reads a row up to the last column that is asked for
    ]


def _comment_columns() -> list[sa.Column[Any]]:
    return [
        *_record_columns(),
        sa.Column("post_id", sa.String(12), nullable=False, index=True),
        sa.Column("place", sa.Integer, nullable=False),  # the order of the source, for undated comments
        *map(_text, ("author", "parent", "html")),
    ]


tables = sa.MetaData()
posts = sa.Table("posts", tables, *_post_columns())
comments = sa.Table("comments", tables, *_comment_columns())
in_brief = sa.Index("postsin_brief", posts.c.blog, posts.c.language, posts.c.date)  # counted without texts
sources = sa.Table(
    "sources",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("location", sa.Text, nullable=False, unique=True),
    *map(_text, ("format", "blog")),
)
holdings = sa.Table(  # which source holds which record; a record is gone when no source holds it
    "holdings",
    tables,
    sa.Column("record_id", sa.String(12), primary_key=True),
    sa.Column("source_id", sa.Integer, primary_key=True),
    sa.Column("complete", sa.Boolean, nullable=False),
)
imports = sa.Table(
    "imports",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("finished", sa.String(20), nullable=False),
    sa.Column("report", sa.JSON, nullable=False),
)
feeds = sa.Table(  # what is remembered of a live feed between two fetches: `FeedState`
    "feeds",
    tables,
    sa.Column("location", sa.Text, primary_key=True),
    *map(_text, ("moved_to", "etag", "last_modified", "note", "comments", "history")),
    sa.Column("next_fetch", sa.String(32)),
    sa.Column("last_fetch", sa.String(32)),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("retired", sa.Boolean, nullable=False),
)
unpublished = sa.Table(  # posts that changed since the last generation of the index
    "unpublished", tables, sa.Column("post_id", sa.String(12), primary_key=True)
)
facts = sa.Table("facts", tables, sa.Column("name", sa.String(40), primary_key=True), _text("value"))

staging_tables = sa.MetaData()
staged_posts = sa.Table("staged_posts", staging_tables, *_post_columns(), prefixes=["TEMPORARY"])
staged_comments = sa.Table("staged_comments", staging_tables, *_comment_columns(), prefixes=["TEMPORARY"])


def count(table: sa.Table) -> sa.Select[int]:
    """How many rows a table has."""
    return sa.select(sa.func.count()).select_from(table)
