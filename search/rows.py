"""Posts and comments as rows of the store, and back; dates as ISO 8601 with their precision."""

from __future__ import annotations

from dataclasses import astuple
from functools import lru_cache
from typing import Any

from search.model import Blog, Comment, Origin, Period, Post

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
    row["origins"] = [list(astuple(origin)) for origin in post.origins]
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
