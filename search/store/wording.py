"""What each version says in full, wherever that is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from search import rows
from search.model import Post
from search.sameness.grouping import Version
from search.store.tables import kept_posts, posts, staged_posts, versions

CONTENT = tuple(column.name for column in kept_posts.columns if column.name != "number")
"""The columns of what a post consists of."""


class Wordings:
    """Versions in full: a new one is staged, one of several is kept, and an only one is its post."""

    def __init__(self, connection: sa.Connection, source_id: int, newest: int) -> None:
        self._connection = connection
        self._source_id = source_id
        self._newest = newest

    def of(self, wanted: Sequence[Version]) -> dict[int, Post]:
        """What these versions say, by their numbers; the id of each is its own."""
        staged = sa.and_(
            versions.c.record_id == staged_posts.c.id,
            versions.c.format == staged_posts.c.format,
            versions.c.source_id == self._source_id,
        )
        new = [version.number for version in wanted if version.number > self._newest]
        found = self._read(staged_posts, staged, new)
        missing = {version.number for version in wanted} - found.keys()
        found |= self._read(kept_posts, versions.c.number == kept_posts.c.number, missing)
        missing -= found.keys()
        return found | self._read(posts, versions.c.post_id == posts.c.id, missing)

    def _read(
        self, table: sa.Table, joined: sa.ColumnElement[bool], numbers: Collection[int]
    ) -> dict[int, Post]:
        if not numbers:
            return {}
        content = (table.c[name] for name in CONTENT)
        query = sa.select(versions.c.number, versions.c.record_id.label("id"), *content)
        query = query.join(table, joined).where(versions.c.number.in_(numbers))
        return {row.number: rows.post(row) for row in self._connection.execute(query)}

    def keep(self, numbers: Iterable[int], wordings: Mapping[int, Post]) -> None:
        """Keep these in full, for their post will say something else."""
        wanted = list(numbers)
        there = set(
            self._connection.scalars(sa.select(kept_posts.c.number).where(kept_posts.c.number.in_(wanted)))
        )
        new = [_kept(number, wordings[number]) for number in wanted if number not in there]
        if new:
            self._connection.execute(sa.insert(kept_posts), new)

    def forget(self, numbers: Collection[int]) -> None:
        """Keep these no longer: each is a post by itself."""
        self._connection.execute(sa.delete(kept_posts).where(kept_posts.c.number.in_(numbers)))


def _kept(number: int, post: Post) -> dict[str, Any]:
    row = rows.post_row(post)
    return {"number": number} | {name: row[name] for name in CONTENT}
