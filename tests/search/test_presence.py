"""A store that is lost beside its index is said to be, and no empty one takes its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import blogsearch
from search.archive import Archive
from search.errors import ArchiveNotFound, StoreUnreadable
from search.layout import index_folder, published_file, store_file
from search.model import Blog, Post
from search.writer import open_for_writing
from tests.search.archives import store

POST = Post("harbour00000", Blog("Tides"), "The harbour", text="Boats and gulls")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    store(tmp_path / "data", POST)
    return tmp_path / "data"


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def put_one_without_tables(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def lose(path: Path, how: Callable[[Path], None]) -> bytes | None:
    """Lose the store; gives what is there in its place."""
    for beside in path.parent.glob("store.db-*"):
        beside.unlink()
    how(path)
    return path.read_bytes() if path.exists() else None


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(blogsearch, [*map(str, arguments)])


@pytest.mark.parametrize("how", [remove, empty, put_one_without_tables])
def test_a_lost_store_is_refused_by_every_command_and_nothing_is_made_in_its_place(
    data: Path, tmp_path: Path, how: Callable[[Path], None]
) -> None:
    path = store_file(data)
    left = lose(path, how)
    (tmp_path / "page.txt").write_text("A page")
    before = sorted(index_folder(data).rglob("*"))
    for command in (
        ["reindex"],
        ["reindex", "--rebuild"],
        ["reindex", tmp_path / "page.txt"],
        ["search", "gulls"],
        ["status"],
        ["serve", "--port", "0"],
        ["check"],
        ["check", "--repair"],
        ["rollback"],
        ["export", tmp_path / "export.jsonl"],
    ):
        result = run(*command, "--data", data)
        assert result.exit_code == 1, command
        assert f"{path} is {'gone' if how is remove else 'empty'}" in result.output, command
        assert "backup" in result.output
    assert (path.read_bytes() if path.exists() else None) == left
    assert sorted(index_folder(data).rglob("*")) == before


def test_a_lost_store_is_refused_to_a_reader_and_a_writer(data: Path) -> None:
    store_file(data).unlink()
    with pytest.raises(StoreUnreadable, match="to begin anew here, remove"):
        Archive.open(data)
    with pytest.raises(StoreUnreadable, match="is gone"), open_for_writing(data):
        pass


def test_without_a_published_generation_a_blank_store_is_one_to_begin_with(data: Path) -> None:
    published_file(data).unlink()  # what is left then is complete, as a killed first import may leave it
    lose(store_file(data), empty)
    with pytest.raises(ArchiveNotFound, match="nothing was imported yet"):
        Archive.open(data)
    store(data, POST)
    with Archive.open(data) as archive:
        assert archive.counts().posts == 1
