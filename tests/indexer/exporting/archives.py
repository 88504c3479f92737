"""Archives to be exported and restored, and all that a reader or a later import can know of one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from indexer.exporting.export import export
from indexer.options import Options
from indexer.reindex import reindex
from indexer.report import Report
from search.archive import Archive
from search.query.parser import parse
from search.request import SearchRequest
from search.results import SearchPage

SEARCHES = (
    "",
    "the",
    "river OR tide",
    '"the ferry"',
    "tag:food -bread",
    "author:mara",
    "wat*",
    "in:comments yes",
)

_STORED = {
    "posts": "SELECT * FROM posts ORDER BY id",
    "versions": "SELECT v.record_id, v.post_id, v.format, v.standing, v.complete, v.modified, v.digest,"
    " v.known_by, v.known_scheme, v.known_own, s.location FROM versions v JOIN sources s"
    " ON s.id = v.source_id ORDER BY v.record_id, s.location, v.format",
    "kept": "SELECT v.record_id, k.title, k.date, k.tags, k.text, k.html FROM kept_posts k"
    " JOIN versions v ON v.number = k.number ORDER BY v.record_id, v.format, k.title",
    "comments": "SELECT c.id, c.post_id, c.shown, c.parent, c.parent_record, c.post_record, c.place,"
    " c.digest, c.author, c.date, c.html, c.text, c.link, s.location FROM comments c JOIN sources s"
    " ON s.id = c.source_id ORDER BY c.id, s.location, c.format",
    "sources": "SELECT location, format, blog FROM sources ORDER BY id",
    "feeds": "SELECT * FROM feeds ORDER BY location",
}


def imported(data: Path, *sources: str | Path, restore: bool = False, force: bool = False) -> Report:
    """Import in this process."""
    return reindex([str(source) for source in sources], Options(data, jobs=1, restore=restore, force=force))


def exported(data: Path, target: Path) -> Path:
    """Write all of an archive to a file; returns it."""
    export(data, str(target), lambda *_: None)
    return target


def stored(data: Path, *tables: str) -> dict[str, list[object]]:
    """What the store has that lasts, but for the numbers of rows."""
    with closing(sqlite3.connect(data / "store.db")) as store:
        return {name: store.execute(_STORED[name]).fetchall() for name in tables or _STORED}


def found(data: Path) -> list[SearchPage]:
    """What searches give: ids, scores, facets, passages; without what differs each time."""
    with Archive.open(data) as archive:
        pages = [archive.search(SearchRequest(parse(text))) for text in SEARCHES]
    return [replace(page, took_ms=0, generation="") for page in pages]
