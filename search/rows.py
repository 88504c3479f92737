"""Posts and comments as rows of the store, and back; dates as ISO 8601 with their precision."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from search.model import Blog, Comment, Origin, Period, Post
from search.sameness.identity import Identity, IdKind

Row = dict[str, Any]
"""Column values by name."""

_PLAIN_POST_FIELDS = ("id", "title", "html", "text", "summary", "link", "language", "publication", "kind")
_PLAIN_COMMENT_FIELDS = ("id", "post_id", "author", "html", "text", "link", "parent")


@lru_cache(4096)
def period(text: str | None) -> Period | None:
    """The period of a column's ISO 8601 text."""
    return Period.parse(text) if text else None


def _date(period: Period | None) -> str | None:
    return str(period) if period else None


def post_row(post: Post) -> Row:
    """A post as column values; lists and origins become JSON."""
    row: Row = {name: getattr(post, name) for name in _PLAIN_POST_FIELDS}
    row |= {"blog": post.blog.name, "blog_link": post.blog.link}
    row |= {name: list(getattr(post, name)) for name in ("authors", "tags", "reporters")}
    row["origins"] = [[each.field, each.source, each.where, each.confidence] for each in post.origins]
    return row | {"date": _date(post.date), "updated": _date(post.updated)}


def post(row: Any) -> Post:
    """The post of a row."""
    return Post(
        **{name: getattr(row, name) for name in _PLAIN_POST_FIELDS},
        blog=Blog(row.blog, row.blog_link),
        authors=tuple(row.authors),
        tags=tuple(row.tags),
        reporters=tuple(row.reporters),
        origins=tuple(Origin(*values) for values in row.origins),
        date=period(row.date),
        updated=period(row.updated),
    )


def comment_row(comment: Comment) -> Row:
    """A comment as column values; its post is another matter ."""
    return {name: getattr(comment, name) for name in _PLAIN_COMMENT_FIELDS} | {"date": _date(comment.date)}


def comment(row: Any) -> Comment:
    """The comment of a row."""
    return Comment(**{name: getattr(row, name) for name in _PLAIN_COMMENT_FIELDS}, date=period(row.date))


def identity_row(identity: Identity) -> Row:
    """What a version is recognised by, as column values."""
    return {
        "known_id_kind": int(identity.kind),
        "known_scheme": identity.scheme,
        "known_own": identity.own,
        "known_blog_name": identity.blog_name,
        "known_blog_link": identity.blog_link,
        "known_blog_host": identity.blog_host,
        "known_first_day": identity.first_day,
        "known_last_day": identity.last_day,
        "known_by": list(identity.keys),
    }


def identity(row: Any) -> Identity:
    """What the version of a row is recognised by."""
    return Identity(
        IdKind(row.known_id_kind),
        row.known_scheme,
        row.known_own,
        row.known_blog_name,
        row.known_blog_link,
        row.known_blog_host,
        tuple(row.known_by),
        row.known_first_day,
        row.known_last_day,
    )
