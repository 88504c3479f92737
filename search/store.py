"""The system of record: posts, comments, sources and imports, in SQLite.

The index can always be rebuilt from here. What an import reads is staged in temporary tables and then
applied in one transaction: an import happens as a whole or not at all, memory stays flat however large
the export, and what changed is decided in the database, by comparing digests.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from search import rows
from search.engine import Change
from search.errors import StoreUnreadable
from search.found import FoundRecords
from search.history import BlogCount, ChangeCounts, Counts, ImportRecord, SourceRecord
from search.model import Comment, Period, Post, PostWithComments
from search.rows import Row
from search.sqlite_errors import told

SCHEMA_VERSION = "1"
BATCH = 200
"""Posts fetched, or records staged, at a time."""


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


_tables = sa.MetaData()
posts = sa.Table("posts", _tables, *_post_columns())
comments = sa.Table("comments", _tables, *_comment_columns())
_in_brief = sa.Index("posts_in_brief", posts.c.blog, posts.c.language, posts.c.date)  # counted without texts
sources = sa.Table(
    "sources",
    _tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("location", sa.Text, nullable=False, unique=True),
    *map(_text, ("format", "blog")),
)
holdings = sa.Table(  # which source holds which record; a record is gone when no source holds it
    "holdings",
    _tables,
    sa.Column("record_id", sa.String(12), primary_key=True),
    sa.Column("source_id", sa.Integer, primary_key=True),
    sa.Column("complete", sa.Boolean, nullable=False),
)
imports = sa.Table(
    "imports",
    _tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("finished", sa.String(20), nullable=False),
    sa.Column("report", sa.JSON, nullable=False),
)
unpublished = sa.Table(  # posts that changed since the last generation of the index
    "unpublished", _tables, sa.Column("post_id", sa.String(12), primary_key=True)
)
facts = sa.Table("facts", _tables, sa.Column("name", sa.String(40), primary_key=True), _text("value"))

_staging = sa.MetaData()
staged_posts = sa.Table("staged_posts", _staging, *_post_columns(), prefixes=["TEMPORARY"])
staged_comments = sa.Table("staged_comments", _staging, *_comment_columns(), prefixes=["TEMPORARY"])


class Store:
    """An open store. Reading methods are safe from many threads; one thread writes, through `transaction`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open the SQLite store at `path`; raises `StoreUnreadable` for a file that is none."""
        if create:
            path.touch(mode=0o600)
        engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)))
        sa.event.listen(engine, "handle_error", partial(_tell, path))
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        store = cls(engine)
        try:
            store._prepare(create)
        except StoreUnreadable:
            store.close()
            raise
        return store

    def _prepare(self, create: bool) -> None:
        with self._engine.begin() as connection:
            if create and not sa.inspect(connection).get_table_names():
                _tables.create_all(connection)
                connection.execute(sa.insert(facts).values(name="schema", value=SCHEMA_VERSION))
            if create:
                _in_brief.create(connection, checkfirst=True)  # which stores did not have from the first
            version = connection.scalar(sa.select(facts.c.value).where(facts.c.name == "schema"))
        if version != SCHEMA_VERSION:
            wrong = f"the store has schema {version}, not {SCHEMA_VERSION}: use the version that wrote it"
            raise StoreUnreadable(wrong)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _rows(self, query: sa.Select[*tuple[Any, ...]]) -> Sequence[Any]:
        with self._engine.connect() as connection:
            return connection.execute(query).all()

    def posts(self, ids: Sequence[str]) -> dict[str, Post]:
        """The posts of these ids, by id; unknown ones are not in it."""
        return {row.id: rows.post(row) for row in self._rows(sa.select(posts).where(posts.c.id.in_(ids)))}

    def found(self, post_ids: Sequence[str], comment_ids: Sequence[str] = ()) -> FoundRecords:
        """The posts and comments of a page of results, without what it does not show."""
        try:
            with closing(self._engine.raw_connection()) as connection:
                return FoundRecords.read(connection.cursor().execute, post_ids, comment_ids)
        except sqlite3.Error as error:
            _raise_told(Path(str(self._engine.url.database)), error)
            raise

    def contents(self, ids: Sequence[str]) -> dict[str, PostWithComments]:
        """The posts of these ids with all their comments, oldest first, undated last."""
        replies: dict[str, list[Comment]] = {}
        order = (comments.c.date.is_(None), comments.c.date, comments.c.place, comments.c.id)
        for row in self._rows(sa.select(comments).where(comments.c.post_id.in_(ids)).order_by(*order)):
            replies.setdefault(row.post_id, []).append(rows.comment(row))
        return {i: PostWithComments(post, tuple(replies.get(i, ()))) for i, post in self.posts(ids).items()}

    def all_changes(self) -> Iterator[Change]:
        """Every post, as changes to build an index from, in the order of their ids."""
        return self._changes(posts.c.id)

    def unpublished_changes(self) -> Iterator[Change]:
        """The posts that changed since the last published generation, in the order of their ids."""
        return self._changes(unpublished.c.post_id)

    def _changes(self, column: sa.Column[Any]) -> Iterator[Change]:
        last = ""
        while batch := self._rows(sa.select(column).where(column > last).order_by(column).limit(BATCH)):
            ids = [row[0] for row in batch]
            contents = self.contents(ids)
            yield from (Change(post_id, contents.get(post_id)) for post_id in ids)
            last = ids[-1]

    def counts(self) -> Counts:
        """How much the archive holds, and how many posts changed since the last generation."""
        return Counts(*(self._rows(_count(table))[0][0] for table in (posts, comments, unpublished)))

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

    def imports(self, most: int = 10) -> tuple[ImportRecord, ...]:
        """The last imports, the newest first."""
        query = sa.select(imports).order_by(imports.c.id.desc()).limit(most)
        return tuple(
            ImportRecord(datetime.fromisoformat(row.finished), row.report) for row in self._rows(query)
        )

    def published_generation(self) -> str:
        """The last generation of the index noted here as published; empty before the first."""
        found = self._rows(sa.select(facts.c.value).where(facts.c.name == "generation"))
        return found[0].value if found else ""

    def mark_published(self, generation: str) -> None:
        """Note that this generation holds all there is."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(unpublished))
            connection.execute(sa.delete(facts).where(facts.c.name == "generation"))
            connection.execute(sa.insert(facts).values(name="generation", value=generation))

    def transaction(self) -> Transaction:
        """Begin to write; nothing is changed until the transaction commits."""
        return Transaction(self._engine.connect())


class Transaction:
    """One import: any number of sources staged and applied, then committed as a whole."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def stage(self, source: SourceRecord) -> Staging:
        """Begin to read a source. One source is staged at a time."""
        _staging.create_all(self._connection)
        for table in _staging.sorted_tables:
            self._connection.execute(sa.delete(table))
        return Staging(self._connection, self._source_id(source))

    def _source_id(self, source: SourceRecord) -> int:
        values = {"location": source.location, "format": source.format, "blog": source.blog}
        this = sources.c.location == source.location
        if not self._connection.execute(sa.update(sources).where(this).values(values)).rowcount:
            self._connection.execute(sa.insert(sources).values(values))
        number: int = self._connection.execute(sa.select(sources.c.id).where(this)).scalar_one()
        return number

    def commit(self, record: ImportRecord) -> None:
        """Make everything applied permanent, with the import's report beside it."""
        finished = record.finished.isoformat(timespec="seconds")
        self._connection.execute(sa.insert(imports).values(finished=finished, report=dict(record.report)))
        self._connection.commit()


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
        duplicates = self._put_count - sum(run(_count(table)).scalar_one() for table in self._waiting)
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


def _count(table: sa.Table) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(table)


def _is_held(live: sa.Table) -> sa.ColumnElement[bool]:
    return live.c.id.in_(sa.select(holdings.c.record_id))


def _tell(path: Path, context: sa.ExceptionContext) -> None:
    _raise_told(path, context.original_exception)


def _raise_told(path: Path, error: BaseException) -> None:
    if unusable := told(path, error):
        raise unusable from error


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Readers never wait for the writer (WAL), and what is committed survives a power cut (FULL)."""
    connection.isolation_level = None  # transactions begin when we say so, in `_begin_sqlite`
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "trusted_schema=OFF", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")
