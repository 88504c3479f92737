"""Making rows readable again whose columns hold what no program of ours wrote.

One post that cannot be read would stop every rebuild of the index. What of it can be read stays; of the rest
its source knows more.
"""

from __future__ import annotations

import json
from typing import Any, Final

import sqlalchemy as sa

from search.model import InvalidPeriod, Period

_PERIODS: Final = ("date", "updated")
_OWN_WORDS: Final = (sa.Text, sa.String)


def make_readable(connection: sa.Connection, table: sa.Table, which: sa.ColumnElement[bool]) -> None:
    """Bring the columns of one row to what can be read: text is UTF-8, a list is one, a date is a date."""
    columns = [column for column in table.columns if isinstance(column.type, (sa.JSON, *_OWN_WORDS))]
    raw = (sa.cast(sa.type_coerce(column, sa.Text), sa.LargeBinary).label(column.name) for column in columns)
    row = connection.execute(sa.select(*raw).where(which)).first()
    if row is None:
        return
    changed = {
        column.name: _readable(column, value)
        for column, value in zip(columns, row, strict=True)
        if value is not None and not _is_readable(column, value)
    }
    if changed:
        connection.execute(sa.update(table).where(which).values(changed))


def _is_readable(column: sa.Column[Any], value: bytes) -> bool:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return False
    if isinstance(column.type, sa.JSON):
        return _is_list(text)
    return column.name not in _PERIODS or _is_period(text)


def _readable(column: sa.Column[Any], value: bytes) -> object:
    if isinstance(column.type, sa.JSON):
        return []
    if column.name in _PERIODS:
        return None
    return value.decode("utf-8", "replace")


def _is_list(text: str) -> bool:
    try:
        return isinstance(json.loads(text), list)
    except ValueError:
        return False


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except InvalidPeriod:
        return False
    return True
