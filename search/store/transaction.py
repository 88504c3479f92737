"""Changing the store: sources are staged and applied, and all of it becomes permanent at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import sqlalchemy as sa

from search.history import FeedState, ImportRecord, SourceRecord
from search.store import feeds
from search.store.provenance import may_come_from
from search.store.staging import Staging
from search.store.tables import imports, sources


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
        return Staging(self._connection, self._source_id(source))

    def _source_id(self, source: SourceRecord) -> int:
        values = {"location": source.location, "format": source.format, "blog": source.blog}
        this = sources.c.location == source.location
        if not self._connection.execute(sa.update(sources).where(this).values(values)).rowcount:
            self._connection.execute(sa.insert(sources).values(values))
        number: int = self._connection.execute(sa.select(sources.c.id).where(this)).scalar_one()
        return number

    def may_come_from(self, location: str, files: Iterable[str]) -> bool:
        """Whether any of these files may have given records when the source was last read."""
        return may_come_from(self._connection, location, files)

    def feeds(self) -> tuple[FeedState, ...]:
        """What is remembered of live feeds, as far as this transaction has got."""
        return feeds.read(self._connection)

    def put_feed(self, state: FeedState) -> None:
        """Remember the state of a feed in the place of what was known of it."""
        feeds.replace(self._connection, state)

    def commit(self, record: ImportRecord | None) -> None:
        """Make everything applied permanent, with the import's report beside it where anything was read."""
        if record:
            finished = record.finished.isoformat(timespec="seconds")
            self._connection.execute(sa.insert(imports).values(finished=finished, report=dict(record.report)))
        self._connection.commit()
