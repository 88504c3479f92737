"""Noting which posts changed: for the comments under them, and for the index."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from search.store.tables import settled, unpublished


def settle(connection: sa.Connection, post_ids: sa.Select[Any], *, changed: bool) -> None:
    """Note that posts have other versions than before, and whether a reader sees a difference."""
    values = post_ids.subquery()
    query = sa.select(values.c[0], sa.literal(changed)).where(sa.true()).distinct()
    insert = sqlite.insert(settled).from_select(["post_id", "changed"], query)
    either = sa.or_(settled.c.changed, insert.excluded.changed)
    connection.execute(insert.on_conflict_do_update(index_elements=["post_id"], set_={"changed": either}))


def settle_ids(connection: sa.Connection, post_ids: Collection[str], *, changed: bool) -> None:
    """The same as `settle`, of posts that are known by now."""
    if not post_ids:
        return
    insert = sqlite.insert(settled)
    either = sa.or_(settled.c.changed, insert.excluded.changed)
    upsert = insert.on_conflict_do_update(index_elements=["post_id"], set_={"changed": either})
    connection.execute(upsert, [{"post_id": post_id, "changed": changed} for post_id in sorted(post_ids)])


def note_unpublished(connection: sa.Connection, post_ids: sa.Select[Any]) -> None:
    """Note posts that the index has to learn of."""
    values = post_ids.subquery()
    new = sa.select(values.c[0]).where(values.c[0] != "").distinct()
    connection.execute(sqlite.insert(unpublished).from_select(["post_id"], new).on_conflict_do_nothing())
