"""What is remembered of live feeds between two fetches."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from search.history import FeedState
from search.store.tables import feeds


def read(connection: sa.Connection) -> tuple[FeedState, ...]:
    """The state of every feed, in the order of their addresses."""
    return tuple(_state(row) for row in connection.execute(sa.select(feeds).order_by(feeds.c.location)))


def replace(connection: sa.Connection, state: FeedState) -> None:
    """Remember the state of a feed in the place of what was known of it."""
    forget(connection, state.location)
    next_fetch = state.next_fetch.isoformat() if state.next_fetch else None
    connection.execute(sa.insert(feeds).values(asdict(state) | {"next_fetch": next_fetch}))


def forget(connection: sa.Connection, location: str) -> None:
    """Remember nothing of a feed any more."""
    connection.execute(sa.delete(feeds).where(feeds.c.location == location))


def _state(row: sa.Row[*tuple[Any, ...]]) -> FeedState:
    values = row._asdict()
    if values["next_fetch"]:
        values["next_fetch"] = datetime.fromisoformat(values["next_fetch"])
    return FeedState(**values)
