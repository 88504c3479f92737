"""Archives for tests, made of records as an import stores them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from search.history import ImportRecord, SourceRecord
from search.model import Comment, Post
from search.writer import open_for_writing

SOURCE = SourceRecord("/exports/blog.xml")


def store(data: Path, *records: Post | Comment) -> None:
    """Import these records and publish: they are all that the source has now."""
    with open_for_writing(data) as writer:
        staging = writer.stage(SOURCE)
        for record in records:
            if isinstance(record, Post):
                staging.put_post(record)
            else:
                staging.put_comment(record)
        staging.apply(keep_missing=False)
        writer.publish(ImportRecord(datetime(2026, 1, 1, tzinfo=UTC), {}))
