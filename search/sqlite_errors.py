"""What SQLite reports, as errors that users understand."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from search.errors import StoreUnreadable

_OF_THE_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}


def told(path: Path, error: BaseException | None) -> StoreUnreadable | None:
    """The error to raise where the store at `path` cannot be used; None for a mistake of ours."""
    if not isinstance(error, sqlite3.OperationalError) and type(error) is not sqlite3.DatabaseError:
        return None
    if (error.sqlite_errorcode & 0xFF) in _OF_THE_DISK:  # the rest of the code says which of its kind
        return StoreUnreadable(f"{path} cannot be used ({error}): is the disk full or read-only?")
    if (error.sqlite_errorcode & 0xFF) == sqlite3.SQLITE_BUSY:
        return StoreUnreadable(f"{path} is in use by another program: try again when it is done")
    return StoreUnreadable(f"{path} is not a store of blogsearch: {error}")
