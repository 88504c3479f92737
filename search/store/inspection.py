"""The store as a check looks at it: one unchanging state of it, read while others write."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from search.engine import Change
from search.errors import StoreUnreadable
from search.history import Counts
from search.publication import Publication
from search.store import publications
from search.store.contents import changes, counts
from search.store.damage import Damage, damage
from search.store.migration import check
from search.store.naming import named
from search.store.sqlite import open_sqlite
from search.store.tables import posts

_MOST_PROBLEMS: Final = 20
"""How many problems SQLite is asked for: one damaged page makes many."""


class Inspection:
    """One state of a store. What is in it can be damaged: texts that are no UTF-8 come with U+FFFD."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def of(cls, path: Path) -> Iterator[Inspection]:
        """Look at the store in a file; raises `StoreUnreadable` for a file that is none."""
        engine = open_sqlite(path)
        sa.event.listen(engine, "connect", _forgive)
        try:
            with engine.connect() as connection:
                check(connection)  # which also begins the transaction
                yield cls(connection)
        finally:
            engine.dispose()

    def _rows(self, query: sa.Select[*tuple[Any, ...]]) -> Sequence[Any]:
        return self._connection.execute(query).all()

    def problems(self) -> list[str]:
        """What SQLite finds wrong in the file itself, in its own words; the first twenty."""
        found = self._connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_PROBLEMS})").scalars()
        return [problem for problem in found if problem != "ok"]

    def publication(self) -> Publication:
        """Which generation of the index the store is at."""
        return publications.read(self._connection)

    def counts(self) -> Counts:
        """How much there is, and how many posts changed since the generation that the store names."""
        return counts(self._connection)

    def all_changes(self) -> Iterator[Change]:
        """Every post, as an index is built of it; raises `StoreUnreadable` at one that cannot be read."""
        try:
            yield from changes(self._rows, posts.c.id)
        except (ValueError, TypeError) as error:
            raise StoreUnreadable(f"a post cannot be read ({error})") from error

    def damage(self) -> Iterator[Damage]:
        """Every record that is not what it was when it was stored."""
        return damage(self._connection)

    def named(self, names: Collection[str]) -> dict[str, str]:
        """The ids of posts by their ids and links; see `named`."""
        return named(self._connection, names)


def _forgive(connection: Any, _: object) -> None:
    """Read text that is no UTF-8 as well as it can be, so that its digest tells, and not an error."""
    connection.text_factory = lambda read: read.decode("utf-8", "replace")
