"""How SQLite is opened, and what its errors are to users."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from search.sqlite_errors import told

_COMPILED: Final[dict[Any, Any]] = {}
"""Statements as SQLite takes them. They are as many as the program has, for values are no part of them."""


def open_sqlite(path: Path, *, reading: bool = False) -> sa.Engine:
    """The database in a file, perhaps only to read; what is wrong with it is raised as `StoreUnreadable`."""
    url = sa.URL.create("sqlite", database=str(path))
    pool = sa.create_engine(url).pool
    engine = sa.Engine(pool, _dialect(), url, execution_options={"compiled_cache": _COMPILED})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    if reading:
        sa.event.listen(engine, "connect", _refuse_to_write)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


@cache
def _dialect() -> sa.Dialect:
    """One for all databases, as statements are compiled for one; that takes longer than a small import."""
    engine = sa.create_engine("sqlite://")
    engine.connect().close()  # then it knows which SQLite this is
    engine.dispose()
    sa.event.listen(engine, "handle_error", _tell)  # SQLAlchemy notes that with the dialect
    return engine.dialect


def _tell(context: sa.ExceptionContext) -> None:
    if context.engine is not None:
        raise_told(Path(str(context.engine.url.database)), context.original_exception)


def raise_told(path: Path, error: BaseException) -> None:
    """Raise the error that users understand, where there is one for this."""
    if unusable := told(path, error):
        raise unusable from error


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Readers never wait for the writer (WAL), and what is committed survives a power cut (FULL)."""
    connection.isolation_level = None  # transactions begin when we say so, in `_begin_sqlite`
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "trusted_schema=OFF", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _refuse_to_write(connection: Any, _: object) -> None:
    """Whatever is asked of a reader, nothing is changed (https://www.sqlite.org/pragma.html#pragma_query_only)."""
    connection.execute("PRAGMA query_only=ON")


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")
