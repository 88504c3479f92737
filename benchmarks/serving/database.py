"""The posts as Datasette serves them: a table with FTS5 beside it, and lists as JSON for its array facets."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from benchmarks.cases import Case, Joined
from search.model import Post

# Datasette finds the index of a table by its `content="…"`, written exactly so.
_SCHEMA: Final = """
CREATE TABLE posts (
    id INTEGER PRIMARY KEY, title TEXT, body TEXT, blog TEXT, date TEXT, year TEXT, authors TEXT, tags TEXT);
CREATE VIRTUAL TABLE posts_fts USING fts5(
    title, body, content="posts", content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2');
"""
_INDEXES: Final = """
INSERT INTO posts_fts (posts_fts) VALUES ('rebuild');
INSERT INTO posts_fts (posts_fts) VALUES ('optimize');
CREATE INDEX posts_by_blog ON posts (blog);
CREATE INDEX posts_by_date ON posts (date);
ANALYZE;
"""


def make_database(posts: Iterable[Post], target: Path) -> None:
    """Write posts whose ids are numbers."""
    database = sqlite3.connect(target)
    database.executescript(_SCHEMA)
    database.executemany("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_row, posts))
    database.executescript(_INDEXES)
    database.commit()
    database.close()


def path(case: Case, ending: str = "") -> str:
    """The address at Datasette of a case, a page without an ending: ten posts, our facets but two."""
    facets = [("_facet", "blog"), ("_facet", "year"), ("_facet_array", "authors"), ("_facet_array", "tags")]
    filters = [("tags__arraycontains", case.tag)] if case.tag else []
    search = [("_search", _text(case))] if case.words else [("_sort_desc", "date")]
    return (
        f"/posts/posts{ending}?{urlencode([*search, *filters, *facets, ('_size', 10), ('_facet_size', 10)])}"
    )


def _text(case: Case) -> str:
    words = " ".join(case.words)
    return f'"{words}"' if case.joined is Joined.PHRASE else words


def _row(post: Post) -> tuple[object, ...]:
    day = str(post.date.first_day) if post.date else None
    lists = (json.dumps(values) for values in (post.authors, post.tags))
    return (int(post.id), post.title, post.text, post.blog.name, day, day and day[:4], *lists)
