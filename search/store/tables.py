"""The tables of the store, and the temporary ones in which a source is gathered while it is read."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.String(12), primary_key=True)


def _post_columns(*, body: bool = True) -> list[sa.Column[Any]]:
    """What a post consists of, but for its id; without `body`, its text and HTML may be missing."""
    lists = ("authors", "tags", "reporters", "origins")
    return [
        sa.Column("date", sa.String(20)),
        sa.Column("text", sa.Text, nullable=not body),
        _text("link"),
        *map(_text, ("blog", "blog_link", "title", "summary", "language", "publication", "kind")),
        *(sa.Column(name, sa.JSON, nullable=False) for name in lists),
        sa.Column("updated", sa.String(20)),
        sa.Column(
            "html", sa.Text, nullable=not body
        ),  # the last: SQLite reads a row up to the last column that is asked for
    ]


def _comment_columns(*, body: bool = True) -> list[sa.Column[Any]]:
    """What a comment consists of, but for its id and post; without `body`, its text may be missing."""
    return [
        sa.Column("date", sa.String(20)),
        sa.Column("text", sa.Text, nullable=not body),
        _text("link"),
        sa.Column("place", sa.Integer, nullable=False),  # the order of the source, for undated comments
        *map(_text, ("author", "parent", "html")),
    ]


def _held_columns() -> list[sa.Column[Any]]:
    """How a source holds a record. `format` is empty for what a store of the first schema held."""
    return [
        _text("format"),
        sa.Column("standing", sa.Integer, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("modified", sa.String(20), nullable=False),
    ]


def _identity_columns() -> list[sa.Column[Any]]:
    """By what a version is recognised: `Identity`."""
    names = ("id_kind", "scheme", "own")
    numbers = (*names, "blog_name", "blog_link", "blog_host", "first_day", "last_day")
    return [
        *(sa.Column(f"known_{name}", sa.BigInteger, nullable=False) for name in numbers),
        sa.Column("known_by", sa.JSON, nullable=False),  # its keys
    ]


def _comment_identity_columns() -> list[sa.Column[Any]]:
    return [
        _text("post_record"),  # the id that its source has for the post; empty where it is found by address
        sa.Column("known_by", sa.JSON, nullable=False),  # the addresses of the post
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("known_own", "known_words")),
    ]


def _digest(name: str = "digest") -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(16), nullable=False)


def _key_digest() -> sa.Column[Any]:
    return sa.Column("digest", sa.LargeBinary(16), primary_key=True)


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer, primary_key=True)


tables = sa.MetaData()
posts = sa.Table("posts", tables, _id(), _digest(), *_post_columns())
in_brief = sa.Index("postsin_brief", posts.c.blog, posts.c.language, posts.c.date)  # counted without texts
sources = sa.Table(
    "sources",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("location", sa.Text, nullable=False, unique=True),
    *map(_text, ("format", "blog")),
)
versions = sa.Table(  # what each source says of which post; a post is gone when no source holds a version
    "versions",
    tables,
    _number(),
    sa.Column("record_id", sa.String(12), nullable=False),
    sa.Column("source_id", sa.Integer, nullable=False),
    sa.Column("post_id", sa.String(12), nullable=False, index=True),
    *_held_columns(),
    _digest(),  # of the version with all that it is recognised by
    *_identity_columns(),
    sa.UniqueConstraint("record_id", "source_id", "format"),
)
version_keys = sa.Table(
    "version_keys",
    tables,
    sa.Column("key", sa.BigInteger, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sqlite_with_rowid=False,
)
kept_posts = sa.Table(  # versions of posts that have several, without text and HTML that the post has
    "kept_posts", tables, _number(), *_post_columns(body=False)
)
comments = sa.Table(  # all versions: those that wait for their post have no `post_id`
    "comments",
    tables,
    _number(),
    sa.Column("id", sa.String(12), nullable=False),
    sa.Column("source_id", sa.Integer, nullable=False),
    sa.Column("post_id", sa.String(12), nullable=False),
    sa.Column("shown", sa.Boolean, nullable=False),  # of several versions of one comment, one is
    *_held_columns(),
    _digest(),
    *_comment_identity_columns(),
    _text("parent_record"),  # what `parent` is in its own source
    *_comment_columns(),
    sa.UniqueConstraint("id", "source_id", "format"),
    sa.Index("comments_of_post", "post_id", "shown"),
)
imports = sa.Table(
    "imports",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("finished", sa.String(20), nullable=False),
    sa.Column("report", sa.JSON, nullable=False),
)
recollections = sa.Table(  # what came of batches of records that a source held when it was last read
    "recollections",
    tables,
    sa.Column("source_id", sa.Integer, primary_key=True),
    _key_digest(),
    sa.Column("told", sa.JSON, nullable=False),
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


def _temporary(name: str, *columns: sa.Column[Any]) -> sa.Table:
    return sa.Table(name, staging_tables, *columns, prefixes=["TEMPORARY"])


def _record_id() -> sa.Column[str]:
    return sa.Column("record_id", sa.String(12), nullable=False)


def _format() -> sa.Column[str]:
    return sa.Column("format", sa.Text, primary_key=True)


# Without text is what is known to be as it was: see `Recollection`.
staged_posts = _temporary(
    "staged_posts",
    _id(),
    _format(),
    *_held_columns()[1:],
    _digest(),
    _digest("version_digest"),
    *_identity_columns(),
    *_post_columns(body=False),
)
staged_comments = _temporary(
    "staged_comments",
    _id(),
    _format(),
    *_held_columns()[1:],
    _digest(),
    *_comment_identity_columns(),
    *_comment_columns(body=False),
)
staged_recollections = _temporary(
    "staged_recollections", _key_digest(), sa.Column("told", sa.JSON, nullable=False)
)
outdated = _temporary(  # versions that vanished from the source, or changed in it
    "outdated", _number(), _record_id(), _text("format"), _text("post_id")
)
touched = _temporary("touched", _number())  # versions that may have to be joined anew
alone = _temporary(  # of these, new ones that nothing is to be joined with
    "alone", _number(), _record_id(), _text("format")
)
settled = _temporary(  # posts with other versions than before, and whether a reader sees a difference
    "settled",
    sa.Column("post_id", sa.String(12), primary_key=True),
    sa.Column("changed", sa.Boolean, nullable=False),
)
seen = _temporary(  # comments as they were before, those that may be shown otherwise now
    "seen",
    _number(),
    _record_id(),
    _text("post_id"),
    sa.Column("shown", sa.Boolean, nullable=False),
    _text("parent"),
)
disturbed = _temporary(  # posts with other comments than before, to be compared
    "disturbed", sa.Column("post_id", sa.String(12), primary_key=True)
)


def count(table: sa.Table) -> sa.Select[int]:
    """How many rows a table has."""
    return sa.select(sa.func.count()).select_from(table)
