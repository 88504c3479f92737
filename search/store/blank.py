"""Whether a file is a store that anything was ever put in, or not even begun with."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def is_blank(path: Path) -> bool:
    """Whether there is no file, or a database without a table; nothing is changed, and none is made.

    A file that is no database, or that cannot be read, is not blank: opening it tells what is wrong.
    """
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    except sqlite3.Error:
        return False
