"""Everything that some versions could belong together with, and what that could belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from search import rows
from search.sameness.grouping import POPULAR, Version
from search.store.tables import version_keys, versions

_AT_ONCE = 5_000  # values in one statement; SQLite takes some 30,000


def reached(connection: sa.Connection, seeds: Sequence[int]) -> list[Version]:
    """The versions of these numbers, and all that share an id, a post or a key with any of them."""
    found: dict[int, Version] = {}
    pending = set(seeds)
    while pending:
        taken = sorted(pending)[:_AT_ONCE]
        new = [_version(row) for row in connection.execute(_rows(taken))]
        found |= {version.number: version for version in new}
        pending = (pending - set(taken)) | (_beside(connection, new) - found.keys())
    return list(found.values())


def _rows(numbers: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(versions).where(versions.c.number.in_(numbers))


def _version(row: sa.Row[*tuple[Any, ...]]) -> Version:
    return Version(
        row.number,
        row.record_id,
        row.source_id,
        row.format,
        row.standing,
        row.modified,
        row.digest,
        row.post_id,
        rows.identity(row),
    )


def _beside(connection: sa.Connection, found: Iterable[Version]) -> set[int]:
    """The numbers of versions that share something with these; what is too common is passed over."""
    known = list(found)
    keys = {key for version in known for key in version.identity.keys}
    by_id = versions.c.record_id.in_({version.record_id for version in known})
    by_post = versions.c.post_id.in_({version.post_id for version in known} - {""})
    numbers = set(connection.scalars(sa.select(versions.c.number).where(sa.or_(by_id, by_post))))
    shared = version_keys.alias("shared")
    telling = (
        sa.select(shared.c.key)
        .where(shared.c.key.in_(keys))
        .group_by(shared.c.key)
        .having(sa.func.count().between(2, POPULAR))
    )
    return numbers | set(
        connection.scalars(sa.select(version_keys.c.version).where(version_keys.c.key.in_(telling)))
    )
