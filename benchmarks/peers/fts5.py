"""SQLite's full-text search, and facets as SQL counts them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from benchmarks.cases import Case, Joined
from benchmarks.peers.peer import FACET_SIZE, FACETS, RESULTS, Answer, Counted, bytes_in
from search.model import Post

_SCHEMA: Final = """
CREATE VIRTUAL TABLE words USING fts5(
    title, body, content = '', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TABLE post (number INTEGER PRIMARY KEY, day INTEGER, month TEXT, blog TEXT);
CREATE TABLE author (number INTEGER, value TEXT, PRIMARY KEY (number, value)) WITHOUT ROWID;
CREATE TABLE tag (number INTEGER, value TEXT, PRIMARY KEY (number, value)) WITHOUT ROWID;
"""
_INDEXES: Final = """
CREATE INDEX post_by_day ON post (day);
CREATE INDEX number_by_tag ON tag (value, number);
INSERT INTO words (words) VALUES ('optimize');
"""
_FOUND: Final = "CREATE TEMP TABLE found (number INTEGER PRIMARY KEY, score REAL)"

_COUNTS: Final = {
    "author": "SELECT value, count(*) FROM {found} JOIN author USING (number) GROUP BY value",
    "tag": "SELECT value, count(*) FROM {found} JOIN tag USING (number) GROUP BY value",
    "blog": "SELECT blog, count(*) FROM {found} JOIN post USING (number) GROUP BY blog",
    "month": "SELECT month, count(*) FROM {found} JOIN post USING (number)"
    " WHERE month IS NOT NULL GROUP BY month",
}
_MOST_FREQUENT: Final = " ORDER BY count(*) DESC LIMIT :values"

_TAGGED: Final = "(SELECT found.* FROM tag CROSS JOIN found USING (number) WHERE value = :tag)"
_BEST: Final = "SELECT number FROM {found} ORDER BY score LIMIT :results"
_NEWEST: Final = "SELECT number FROM {found} JOIN post USING (number) ORDER BY day DESC LIMIT :results"


class Fts5:
    """An index of words without their texts, and tables of what is counted."""

    def build(self, posts: Iterable[Post], folder: Path) -> None:
        """Insert in one transaction and merge the index into one segment; see `Peer`."""
        folder.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(_file(folder))
        database.executescript(_SCHEMA)
        for post in posts:
            _insert(database, post)
        database.executescript(_INDEXES)
        database.execute("ANALYZE")
        database.commit()
        database.close()

    def open(self, folder: Path) -> OpenFts5:
        """Open the database; see `Peer`."""
        database = sqlite3.connect(_file(folder))
        database.executescript(
            "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -262144; PRAGMA mmap_size = 4294967296;" + _FOUND
        )
        return OpenFts5(database)

    def size(self, folder: Path) -> int:
        """Bytes of the database; see `Peer`."""
        return bytes_in(folder)


class OpenFts5:
    """Matching rows go into a temporary table once; the best ten, the total and the facets come from it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def search(self, case: Case, facets: bool) -> Answer:
        """Answer a case; see `Opened`."""
        self._database.execute("DELETE FROM found")
        values = {"tag": case.tag, "results": RESULTS}
        self._database.execute(*_finding(case))
        found = _TAGGED if case.tag else "found"
        [(total,)] = self._database.execute(f"SELECT count(*) FROM {found}", values)  # noqa: S608 - no input
        best = _NEWEST if case.by_date else _BEST
        numbers = self._database.execute(best.format(found=found), values)
        counted = {facet: self._count(facet, case) for facet in FACETS} if facets else {}
        return Answer(total, tuple(number for (number,) in numbers), lambda: counted)

    def close(self) -> None:
        """Close the database; see `Opened`."""
        self._database.close()

    def _count(self, facet: str, case: Case) -> Counted:
        found = _TAGGED if case.tag and facet != "tag" else "found"
        statement = _COUNTS[facet].format(found=found) + _MOST_FREQUENT
        return tuple(self._database.execute(statement, {"tag": case.tag, "values": FACET_SIZE}))


def _finding(case: Case) -> tuple[str, dict[str, object]]:
    """What fills `found` with the posts of a case, the tag's filter aside."""
    values = {"words": _text(case), "first": _day(case.first, 0), "last": _day(case.last, 9_999_999)}
    limited = case.first or case.last
    if not case.words:
        where = " WHERE day BETWEEN :first AND :last" if limited else ""
        return f"INSERT INTO found SELECT number, 0.0 FROM post{where}", values  # noqa: S608 - no input
    score = "0.0" if case.by_date else "bm25(words, 2.0, 1.0)"
    where = " AND rowid IN (SELECT number FROM post WHERE day BETWEEN :first AND :last)" if limited else ""
    return f"INSERT INTO found SELECT rowid, {score} FROM words WHERE words MATCH :words{where}", values  # noqa: S608


def _day(day: object, otherwise: int) -> int:
    toordinal = getattr(day, "toordinal", None)
    return toordinal() if toordinal else otherwise


def _text(case: Case) -> str:
    match case.joined:
        case Joined.ALL:
            return " AND ".join(f'"{word}"' for word in case.words)
        case Joined.ANY:
            return " OR ".join(f'"{word}"' for word in case.words)
        case Joined.PHRASE:
            return f'"{" ".join(case.words)}"'
        case Joined.PREFIX:
            return f'"{case.words[0]}" *'


def _insert(database: sqlite3.Connection, post: Post) -> None:
    number = int(post.id)
    day = post.date.first_day if post.date else None
    row = (number, day.toordinal() if day else None, f"{day:%Y-%m}" if day else None, post.blog.name)
    database.execute(
        "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (number, post.title, post.text)
    )
    database.execute("INSERT INTO post VALUES (?, ?, ?, ?)", row)
    database.executemany("INSERT INTO author VALUES (?, ?)", [(number, value) for value in post.authors])
    database.executemany("INSERT INTO tag VALUES (?, ?)", [(number, value) for value in post.tags])


def _file(folder: Path) -> Path:
    return folder / "posts.db"
