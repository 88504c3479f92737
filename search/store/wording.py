"""What each version says in full, wherever that is kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from search import rows
from search.model import Post
from search.sameness.grouping import Version
from search.store.tables import kept_posts, posts, staged_posts, versions

CONTENT = tuple(column.name for column in kept_posts.columns if column.name != "number")
"""The columns of what a post consists of."""

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
        new = [version.number for version in wanted if version.number > self._newest]
        found = self._read(staged_posts, self._staged, new)
        missing = {version.number for version in wanted} - found.keys()
        found |= self._read(kept_posts, versions.c.number == kept_posts.c.number, missing)
        missing -= found.keys()
        return found | self._read(posts, _IS_POST, missing)

    def _read(
        self, table: sa.Table, joined: sa.ColumnElement[bool], numbers: Collection[int]
    ) -> dict[int, Post]:
        if not numbers:
            return {}
        content = (table.c[name] for name in CONTENT)
        query = sa.select(versions.c.number, versions.c.record_id.label("id"), *content)
        query = query.join(table, joined).where(versions.c.number.in_(numbers))
        return {row.number: rows.post(row) for row in self._connection.execute(query)}

    def keep(self, numbers: Collection[int]) -> None:
        """Keep these in full, for their post will say something else."""
        there = sa.exists().where(kept_posts.c.number == versions.c.number)
        wanted = sa.and_(versions.c.number.in_(numbers), ~there)
        new = versions.c.number > self._newest
        for table, joined, which in ((staged_posts, self._staged, new), (posts, _IS_POST, ~new)):
            content = (table.c[name] for name in CONTENT)
            query = sa.select(versions.c.number, *content).join(table, joined).where(wanted, which)
            self._connection.execute(sa.insert(kept_posts).from_select(["number", *CONTENT], query))

    def forget(self, numbers: Collection[int]) -> None:
        """Keep these no longer: each is a post by itself."""
        self._connection.execute(sa.delete(kept_posts).where(kept_posts.c.number.in_(numbers)))
