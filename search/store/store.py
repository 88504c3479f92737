"""Opening the store, and reading from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from search import rows
from search.durable import sync
from search.engine import Change
from search.errors import ArchiveError
from search.found import FoundRecords
from search.history import BlogCount, Counts, FeedState, ImportRecord, SourceRecord
from search.model import Period, Post, PostWithComments
from search.publication import Publication
from search.results import ListedPost
from search.store import feeds, publications
from search.store.contents import changes, contents, counts
from search.store.migration import bring_up_to_date, check
from search.store.snapshot import Snapshot
from search.store.sqlite import open_sqlite, raise_told
from search.store.tables import imports, posts, sources, versions
from search.store.transaction import Transaction


class Store:
    """An open store. Reading methods are safe from many threads; one thread writes, through `transaction`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open the SQLite store at `path`, to be written only with `create`.

        Raises `StoreUnreadable` for a file that is none, `ArchiveNotFound` for one without anything in it.
        """
        if create and not path.exists():
            path.touch(mode=0o600)
            sync(path.parent)
        engine = open_sqlite(path, reading=not create)
        store = cls(engine)
        try:
            store._prepare(create)
        except ArchiveError:
            store.close()
            raise
        return store

    def _prepare(self, create: bool) -> None:
        with self._engine.begin() as connection:
            if create:
                bring_up_to_date(connection)
            else:
                check(connection)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _rows(self, query: sa.Select[*tuple[Any, ...]]) -> Sequence[Any]:
        with self._engine.connect() as connection:
            return connection.execute(query).all()

    def posts(self, ids: Sequence[str]) -> dict[str, Post]:
        """The posts of these ids, by id; unknown ones are not in it."""
        return {row.id: rows.post(row) for row in self._rows(sa.select(posts).where(posts.c.id.in_(ids)))}

    def listing(self, start: int, size: int) -> tuple[ListedPost, ...]:
        """So many posts after the first `start`, by id.

        Which ones they are is read from the ids alone, so that those before them cost next to nothing.
        """
        ids = sa.select(posts.c.id).order_by(posts.c.id).offset(start).limit(size)
        changed = sa.func.coalesce(posts.c.updated, posts.c.date)
        query = sa.select(posts.c.id, posts.c.title, changed).where(posts.c.id.in_(ids)).order_by(posts.c.id)
        return tuple(
            ListedPost(post_id, title, rows.period(updated)) for post_id, title, updated in self._rows(query)
        )

    def current_id(self, record_id: str) -> str:
        """The post that has this id, or had it before it was joined with another; empty where none has."""
        query = sa.select(versions.c.post_id).where(versions.c.record_id == record_id).limit(1)
        found = self._rows(query)
        return found[0].post_id if found else ""

    def found(self, post_ids: Sequence[str], comment_ids: Sequence[str] = ()) -> FoundRecords:
        """The posts and comments of a page of results, without what it does not show.

        They are of one moment, and of the generation that they say: nothing is committed between them.
        """
        try:
            with closing(self._engine.raw_connection()) as connection:  # closing ends what begins here
                connection.cursor().execute("BEGIN")
                return FoundRecords.read(connection.cursor().execute, post_ids, comment_ids)
        except sqlite3.Error as error:
            raise_told(Path(str(self._engine.url.database)), error)
            raise

    def contents(self, ids: Sequence[str]) -> dict[str, PostWithComments]:
        """The posts of these ids with all their comments, oldest first, undated last, of one moment."""
        with self._engine.connect() as connection:
            return contents(lambda query: connection.execute(query).all(), ids)

    def all_changes(self) -> Iterator[Change]:
        """Every post, as changes to build an index from; see `changes`."""
        return changes(self._rows, posts.c.id)

    def counts(self) -> Counts:
        """How much the archive holds, and how many posts changed since the last generation."""
        with self._engine.connect() as connection:
            return counts(connection)

    def languages(self) -> tuple[str, ...]:
        """The languages of posts, the most used first."""
        query = sa.select(posts.c.language).group_by(posts.c.language).order_by(sa.func.count().desc())
        return tuple(row.language for row in self._rows(query) if row.language)

    def blogs(self) -> tuple[BlogCount, ...]:
        """The blogs of posts, the largest first."""
        query = sa.select(posts.c.blog, sa.func.count()).group_by(posts.c.blog)
        return tuple(BlogCount(*row) for row in self._rows(query.order_by(sa.func.count().desc())))

    def dates(self) -> tuple[Period | None, Period | None]:
        """The dates of the oldest and the newest dated post."""
        first, last = self._rows(sa.select(sa.func.min(posts.c.date), sa.func.max(posts.c.date)))[0]
        return rows.period(first), rows.period(last)

    def sources(self) -> tuple[SourceRecord, ...]:
        """Every source imported from, in the order they were first seen."""
        query = sa.select(sources).order_by(sources.c.id)
        return tuple(SourceRecord(row.location, row.format, row.blog) for row in self._rows(query))

    def feeds(self) -> tuple[FeedState, ...]:
        """What is remembered of live feeds, in the order of their addresses."""
        with self._engine.connect() as connection:
            return feeds.read(connection)

    def imports(self, most: int = 10) -> tuple[ImportRecord, ...]:
        """The last imports, the newest first."""
        query = sa.select(imports).order_by(imports.c.id.desc()).limit(most)
        return tuple(
            ImportRecord(datetime.fromisoformat(row.finished), row.report) for row in self._rows(query)
        )

    def publication(self) -> Publication:
        """Which generation of the index the store is at."""
        with self._engine.connect() as connection:
            return publications.read(connection)

    def snapshot(self) -> Snapshot:
        """All there is at this moment, whatever is written meanwhile; to be closed by a `with` block."""
        return Snapshot(self._engine.connect())

    def transaction(self) -> Transaction:
        """Begin to write; nothing is changed until the transaction commits."""
        return Transaction(self._engine.connect())
