"""Changing the store: sources are staged and applied, and all of it becomes permanent at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Self

import sqlalchemy as sa

from search.engine import Change
from search.history import Counts, FeedState, ImportRecord, SourceRecord
from search.publication import Publication
from search.store import feeds, publications
from search.store.contents import changes, counts
from search.store.damage import Damage
from search.store.mending import forget_what_was_read, make_indices_anew, mend
from search.store.naming import named
from search.store.provenance import may_come_from
from search.store.staging import Staging
from search.store.tables import imports, posts, sources, unpublished


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

    def counts(self) -> Counts:
        """How much the archive holds with what was applied, and how many posts that changed."""
        return counts(self._connection)

    def all_changes(self) -> Iterator[Change]:
        """Every post, as changes to build an index from; see `changes`."""
        return changes(self._rows, posts.c.id)

    def unpublished_changes(self) -> Iterator[Change]:
        """The posts that changed since the last published generation; see `changes`."""
        return changes(self._rows, unpublished.c.post_id)

    def named(self, names: Collection[str]) -> dict[str, str]:
        """The ids of posts by their ids and links, with what was applied; see `naming`."""
        return named(self._connection, names)

    def mend(self, found: Iterable[Damage]) -> None:
        """Put right what is damaged, or note that it is to be read anew."""
        mend(self._connection, found)

    def forget_what_was_read(self) -> None:
        """Have each source read in full the next time, whatever is known of it; see `mending`."""
        forget_what_was_read(self._connection)

    def make_indices_anew(self) -> None:
        """Make SQLite's own indices of the tables as they are."""
        make_indices_anew(self._connection)

    def _rows(self, query: sa.Select[*tuple[Any, ...]]) -> Sequence[Any]:
        return self._connection.execute(query).all()

    def commit(self, record: ImportRecord | None = None, publication: Publication | None = None) -> None:
        """Make everything applied permanent, with the import's report where anything was read.

        A publication is of a generation that has all of it, or that an operator went back to.
        """
        if record:
            finished = record.finished.isoformat(timespec="seconds")
            self._connection.execute(sa.insert(imports).values(finished=finished, report=dict(record.report)))
        if publication:
            publications.note(self._connection, publication)
            self._connection.execute(sa.delete(unpublished))
        self._connection.commit()
