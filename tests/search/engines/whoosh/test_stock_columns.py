"""Columns: what goes in comes out, and nothing on disk can run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.engines.whoosh.rows import row_of
from search.engines.whoosh.stock_columns import Columns
from tests.engine_contract.archive import posts


@pytest.fixture
def columns() -> Columns:
    return Columns.of([row_of(content) for content in posts()])


def test_rows_come_back_from_saved_columns(columns: Columns, tmp_path: Path) -> None:
    columns.save(tmp_path)
    rows = Columns.load(tmp_path).rows()
    expected = sorted((row_of(content) for content in posts()), key=lambda row: row.post_id)
    found = sorted(rows, key=lambda row: row.post_id)
    assert [(row.post_id, row.values) for row in found] == [(row.post_id, row.values) for row in expected]


def test_posts_are_numbered_newest_first(columns: Columns) -> None:
    assert columns.ids[:2] == ("kursk", "tanks")
    assert columns.ids[-3:] == ("plain", "undated", "untitled")


def test_documents_are_known_by_their_keys(columns: Columns) -> None:
    documents = columns.document_map(["tanks", "", "kursk/kursk-2", "gone/kursk-1"])
    assert documents.post.tolist() == [1, -1, 0, -1]
    assert documents.comment.tolist() == [-1, -1, 1, -1]


def test_no_columns_are_columns_too(tmp_path: Path) -> None:
    Columns.of([]).save(tmp_path)
    assert Columns.load(tmp_path).rows() == []


def test_a_pickled_array_is_refused(columns: Columns, tmp_path: Path) -> None:
    columns.save(tmp_path)
    np.save(tmp_path / "post_start.npy", np.array([print, print], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="pickle"):
        Columns.load(tmp_path)


def test_an_array_of_something_else_is_refused(columns: Columns, tmp_path: Path) -> None:
    columns.save(tmp_path)
    np.save(tmp_path / "post_start.npy", np.zeros((2, 2)))
    with pytest.raises(ValueError, match="whole numbers"):
        Columns.load(tmp_path)


def test_strings_that_are_no_columns_are_refused(columns: Columns, tmp_path: Path) -> None:
    columns.save(tmp_path)
    (tmp_path / "columns.json").write_text('{"ids": 3}')
    with pytest.raises(ValueError, match="does not hold the columns"):
        Columns.load(tmp_path)
