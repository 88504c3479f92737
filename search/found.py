"""What a page of results shows of the posts and comments that were found, read as quickly as can be.

Everything else a search does takes about as long as reading ten posts, so this is written out: statements
as text for SQLite itself, for to put one together anew, or to pass it on, takes longer than to run it; and
no column that is not shown.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from search import rows
from search.model import Blog, Comment, Origin, Post

Execute = Callable[[str, Sequence[str]], sqlite3.Cursor]
"""Runs a statement with its parameters."""

_POSTS = """
    SELECT id, blog, blog_link, title, text, summary, authors, tags, date, updated, link, language,
        publication, reporters, kind, CASE WHEN instr(origins, '["date"') THEN origins ELSE '[]' END,
        (SELECT count(*) FROM comments WHERE post_id = posts.id AND shown)
    FROM posts WHERE id IN
"""
_GENERATION = "SELECT value FROM facts WHERE name = 'generation'"
_COMMENTS = "SELECT id, post_id, author, text, link, parent, date FROM comments WHERE shown AND id IN "


@dataclass(frozen=True, slots=True)
class FoundRecords:
    """Records by id, without their HTML; unknown ids are not in it.

    Of a post's origins there are those of its date, where something is known of that beside its place.
    `comment_counts` says how many comments each of the posts has, and `generation` which one of the index
    readers are answered from, as the store says; it is empty before the first.
    """

    posts: dict[str, Post]
    comments: dict[str, Comment]
    comment_counts: dict[str, int]
    generation: str

    @classmethod
    def read(cls, execute: Execute, post_ids: Sequence[str], comment_ids: Sequence[str]) -> FoundRecords:
        """Read the records of these ids, in a transaction of the caller's."""
        generation = execute(_GENERATION, ()).fetchone()
        found = execute(_POSTS + _listed(post_ids), post_ids).fetchall() if post_ids else ()
        replies = execute(_COMMENTS + _listed(comment_ids), comment_ids).fetchall() if comment_ids else ()
        return cls(
            posts={row[0]: _post(row) for row in found},
            comments={row[0]: _comment(row) for row in replies},
            comment_counts={row[0]: row[-1] for row in found},
            generation=generation[0] if generation else "",
        )


def _listed(values: Sequence[str]) -> str:
    return f"({', '.join('?' * len(values))})"


def _post(row: Sequence[Any]) -> Post:
    (
        post_id, blog, blog_link, title, text, summary, authors, tags, date, updated, link, language,
        publication, reporters, kind, origins, _,
    ) = row  # fmt: skip
    return Post(
        id=post_id,
        blog=Blog(blog, blog_link),
        title=title,
        text=text,
        summary=summary,
        authors=_names(authors),
        tags=_names(tags),
        date=rows.period(date),
        updated=rows.period(updated),
        link=link,
        language=language,
        publication=publication,
        reporters=_names(reporters),
        kind=kind,
        origins=_of_date(origins),
    )


def _comment(row: Sequence[Any]) -> Comment:
    comment_id, post_id, author, text, link, parent, date = row
    return Comment(
        id=comment_id,
        post_id=post_id,
        author=author,
        text=text,
        link=link,
        parent=parent,
        date=rows.period(date),
    )


def _of_date(encoded: str) -> tuple[Origin, ...]:
    if encoded == "[]":
        return ()
    origins = (Origin(*values) for values in json.loads(encoded))
    return tuple(origin for origin in origins if origin.field == "date")


def _names(encoded: str) -> tuple[str, ...]:
    return () if encoded == "[]" else tuple(json.loads(encoded))
