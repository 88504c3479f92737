"""How SQLite is opened, and what its errors are to users."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from search.sqlite_errors import told


def open_sqlite(path: Path) -> sa.Engine:
    """The database in a file; what goes wrong with it is raised as `StoreUnreadable`."""
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)))
    sa.event.listen(engine, "handle_error", partial(_tell, path))
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _tell(path: Path, context: sa.ExceptionContext) -> None:
    raise_told(path, context.original_exception)


def raise_told(path: Path, error: BaseException) -> None:
    """Raise the error that users understand, where there is one for this."""
    if unusable := told(path, error):
        raise unusable from error


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Readers never wait for the writer (WAL), and what is committed survives a power cut (FULL)."""
    connection.isolation_level = None  # transactions begin when we say so, in `_begin_sqlite`
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "trusted_schema=OFF", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")
