"""The column `key`: which post or comment a document is."""

from __future__ import annotations

from collections.abc import Iterator

from whoosh.columns import ColumnReader

from search.engines.whoosh.segment.columns import SegmentColumns


class KeyColumn(ColumnReader):
    """A post's id or, of a comment, its post's id and its own with a slash between, in UTF-8."""

    def __init__(self, columns: SegmentColumns) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return self._columns.posts + self._columns.comments

    def __getitem__(self, docnum: int) -> bytes:
        columns = self._columns
        if docnum < columns.posts:
            return bytes(columns.ids[docnum])
        comment = docnum - columns.posts
        return bytes(columns.ids[columns.parents[comment]]) + b"/" + bytes(columns.comment_ids[comment])

    def __iter__(self) -> Iterator[bytes]:
        return (self[docnum] for docnum in range(len(self)))
