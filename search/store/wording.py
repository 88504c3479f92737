"""What each version says in full, wherever that is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from search import rows
from search.model import Post
from search.rows import Row
from search.sameness.grouping import Version
from search.store.tables import kept_posts, posts, staged_posts, versions

CONTENT = tuple(column.name for column in kept_posts.columns if column.name != "number")
"""The columns of what a post consists of."""

AS_THE_POST = ("text", "html")
"""The columns that a kept version leaves out where its post has the same."""

_IS_POST = versions.c.post_id == posts.c.id


class Wordings:
    """Versions in full: a new one is staged, one of several is kept, and an only one is its post."""

    def __init__(self, connection: sa.Connection, source_id: int, newest: int) -> None:
        self._connection = connection
        self._newest = newest
        self._staged = sa.and_(
            versions.c.record_id == staged_posts.c.id,
            versions.c.format == staged_posts.c.format,
            versions.c.source_id == source_id,
        )

    def of(self, wanted: Sequence[Version]) -> dict[int, Post]:
        """What these versions say, by their numbers; the id of each is its own."""
        return self.of_numbers([version.number for version in wanted])

    def of_numbers(self, numbers: Collection[int]) -> dict[int, Post]:
        """The same for versions with these numbers."""
        new = [number for number in numbers if number > self._newest]
        found = self._read(staged_posts, self._staged, new)
        missing = set(numbers) - found.keys()
        found |= self._read_kept(missing)
        missing -= found.keys()
        return found | self._read(posts, _IS_POST, missing)

    def _read(
        self, table: sa.Table, joined: sa.ColumnElement[bool], numbers: Collection[int]
    ) -> dict[int, Post]:
        content = (table.c[name] for name in CONTENT)
        return self._found(sa.join(versions, table, joined), content, numbers)

    def _read_kept(self, numbers: Collection[int]) -> dict[int, Post]:
        """Those that are kept; what is missing of them is as their post has it."""
        tables = versions.join(kept_posts, versions.c.number == kept_posts.c.number)
        content = (
            sa.func.coalesce(kept_posts.c[name], posts.c[name]).label(name)
            if name in AS_THE_POST
            else kept_posts.c[name]
            for name in CONTENT
        )
        return self._found(tables.outerjoin(posts, _IS_POST), content, numbers)

    def _found(
        self, tables: sa.Join, content: Iterable[sa.ColumnElement[Any]], numbers: Collection[int]
    ) -> dict[int, Post]:
        if not numbers:
            return {}
        query = sa.select(versions.c.number, versions.c.record_id.label("id"), *content)
        query = query.select_from(tables).where(versions.c.number.in_(numbers))
        return {row.number: rows.post(row) for row in self._connection.execute(query)}

    def keep(self, kept: Sequence[Row]) -> None:
        """Keep these instead of what was kept of them, as `kept_row` gives them."""
        self.forget([row["number"] for row in kept])
        if kept:
            self._connection.execute(sa.insert(kept_posts), kept)

    def forget(self, numbers: Collection[int]) -> None:
        """Keep these no longer: each is a post by itself."""
        self._connection.execute(sa.delete(kept_posts).where(kept_posts.c.number.in_(numbers)))


def kept_row(number: int, wording: Post, made: Row) -> Row:
    """What is kept of a version, of which and others a post with the row `made` was made.

    Mostly one of them has its text, so that keeping them takes hardly more than the post itself.
    """
    row = rows.post_row(wording)
    same = {name: None for name in AS_THE_POST if row[name] == made[name]}
    return {name: row[name] for name in CONTENT} | same | {"number": number}
