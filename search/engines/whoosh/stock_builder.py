"""Building the files of a generation: Whoosh's index, and our columns beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader
from whoosh.writing import SegmentWriter

from search.engine import Change
from search.engines.whoosh.documents import documents
from search.engines.whoosh.rows import row_of
from search.engines.whoosh.schema import SCHEMA
from search.engines.whoosh.segment.row import Row
from search.engines.whoosh.stock_columns import Columns, save_document_map

BATCH_MEGABYTES: Final = 64
"""How much of the postings Whoosh keeps in memory before it sorts them out to a file."""

MOST_SEGMENTS: Final = 8
MOST_DELETED: Final = 0.2
"""Beyond so many segments, or such a share of deleted documents, all are merged into one segment."""

_INDEX_FILES: Final = ("MAIN_*.*", "_MAIN_*.toc")


class Builder:
    """Builds one generation in an empty folder, from nothing or from the files of the one before."""

    def __init__(self, folder: Path, base: Path | None) -> None:
        self._folder = folder
        self._rows: dict[str, Row] = {}
        storage = FileStorage(str(folder))
        if base is None:
            self._index = FileIndex.create(storage, SCHEMA)
        else:
            # Whoosh writes only files with new names, so the old generation's stay as they are.
            for path in [path for pattern in _INDEX_FILES for path in base.glob(pattern)]:
                os.link(path, folder / path.name)
            self._rows = {row.post_id: row for row in Columns.load(base).rows()}
            self._index = FileIndex(storage, SCHEMA)

    def apply(self, changes: Iterable[Change]) -> tuple[int, int]:
        """Apply the changes, save everything, and tell how many posts and comments there are now."""
        self._write(changes)
        columns = Columns.of(self._rows.values())
        columns.save(self._folder)
        reader = self._index.reader()
        try:
            save_document_map(self._folder, columns.document_map(_keys(reader)))
        finally:
            reader.close()
        (self._folder / "MAIN_WRITELOCK").unlink(missing_ok=True)
        return len(columns.ids), len(columns.comment_ids)

    def _write(self, changes: Iterable[Change]) -> None:
        writer = self._open_writer()
        added: set[str] = set()
        try:
            for change in changes:
                if change.post_id in added:
                    # A Whoosh writer cannot delete what it added itself.
                    writer.commit(merge=False)
                    writer = self._open_writer()
                    added.clear()
                if change.post_id in self._rows:
                    writer.delete_by_term("post", change.post_id)
                    del self._rows[change.post_id]
                if change.content is not None:
                    for document in documents(change.content):
                        writer.add_document(**document)
                    self._rows[change.post_id] = row_of(change.content)
                    added.add(change.post_id)
        except BaseException:
            writer.cancel()
            raise
        _commit(writer)

    def _open_writer(self) -> SegmentWriter:
        return SegmentWriter(self._index, limitmb=BATCH_MEGABYTES)


def _commit(writer: SegmentWriter) -> None:
    documents_before = sum(segment.doc_count_all() for segment in writer.segments)
    crowded = len(writer.segments) >= MOST_SEGMENTS
    wasteful = writer.deleted_count() > MOST_DELETED * documents_before
    writer.commit(optimize=crowded or wasteful, merge=False)


def _keys(reader: IndexReader) -> list[str]:
    """The key of every document in the order of their numbers; empty for a deleted one."""
    keys: list[str] = []
    for segment, _ in reader.leaf_readers():
        if segment.doc_count_all():
            column = segment.column_reader("key", translate=False)
            keys += [
                "" if segment.is_deleted(document) else key.decode() for document, key in enumerate(column)
            ]
    return keys
