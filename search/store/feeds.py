"""What is remembered of live feeds between two fetches."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from search.history import FeedState
from search.store.tables import feeds

TIMES = ("next_fetch", "last_fetch")
"""Fields that are times; they are stored as texts."""


def read(connection: sa.Connection) -> tuple[FeedState, ...]:
    """The state of every feed, in the order of their addresses."""
    return tuple(_state(row) for row in connection.execute(sa.select(feeds).order_by(feeds.c.location)))


def replace(connection: sa.Connection, state: FeedState) -> None:
    """Remember the state of a feed in the place of what was known of it."""
    connection.execute(sa.delete(feeds).where(feeds.c.location == state.location))
    values = asdict(state)
    times = {name: values[name].isoformat() for name in TIMES if values[name]}
    connection.execute(sa.insert(feeds).values(values | times))


def _state(row: sa.Row[*tuple[Any, ...]]) -> FeedState:
    values = row._asdict()
    times = {name: datetime.fromisoformat(values[name]) for name in TIMES if values[name]}
    return FeedState(**values | times)
