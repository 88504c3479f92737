"""How databases are opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

from search.errors import StoreUnreadable
from search.history import Counts, SourceRecord
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


def test_a_store_that_is_only_read_takes_no_change(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store.open(path, create=True).close()
    store = Store.open(path)
    try:
        with store.transaction() as transaction, pytest.raises(StoreUnreadable, match="readonly"):
            transaction.stage(SourceRecord("/somewhere"))
    finally:
        store.close()
