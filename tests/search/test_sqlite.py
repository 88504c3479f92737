"""How databases are opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

from search.history import Counts
from search.store import Store


def counts(path: Path) -> Counts:
    store = Store.open(path)
    try:
        return store.counts()
    finally:
        store.close()


def test_what_was_compiled_for_one_database_serves_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    for path in (one, two):
        Store.open(path, create=True).close()
    counted = counts(one)
    monkeypatch.setattr(SQLiteCompiler, "__init__", None)
    assert counts(two) == counted
