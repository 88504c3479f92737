"""What tells whether an archive has a version as a whole sees what is wrong."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from indexer.options import Options
from indexer.reindex import reindex
from tests.torture.archives import Version, leftovers, verify

FIRST, SECOND, THIRD = Version(1), Version(2), Version(3)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the second version, which was of the first, and its data folder as it was then."""
    folder = tmp_path_factory.mktemp("versions")
    for version in (FIRST, SECOND):
        reindex([str(version.write(folder))], Options(data=folder / "data"))
        shutil.copytree(folder / "data", folder / f"data{version.number}")
    return folder


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A copy of the second version to be damaged."""
    return shutil.copytree(made / "data2", tmp_path / "data")


def test_an_archive_has_the_version_that_was_imported(data: Path) -> None:
    assert verify(data, FIRST, SECOND) == ("", SECOND)
    assert verify(data, SECOND, THIRD) == ("", SECOND)
    assert leftovers(data) == []


def test_an_archive_of_another_version_is_wrong(data: Path) -> None:
    wrong, has = verify(data, THIRD, THIRD)
    assert wrong
    assert has is None


def test_an_index_of_another_version_than_the_store_is_wrong(data: Path, made: Path) -> None:
    shutil.rmtree(data / "index")
    shutil.copytree(made / "data1" / "index", data / "index")
    assert verify(data, FIRST, SECOND)[1] is None


def test_one_changed_text_is_wrong(data: Path) -> None:
    with sqlite3.connect(data / "store.db") as connection:
        connection.execute(
            "UPDATE comments SET text = 'Nobody said so.' WHERE id = (SELECT min(id) FROM comments)"
        )
    connection.close()
    assert "Nobody said so." in verify(data, SECOND, SECOND)[0]


def test_no_archive_is_right_only_before_anything_was_acknowledged(tmp_path: Path) -> None:
    assert verify(tmp_path, Version(0), FIRST) == ("", Version(0))
    assert verify(tmp_path, FIRST, SECOND)[1] is None


def test_what_a_killed_writer_leaves_is_seen(data: Path) -> None:
    (data / "index" / "000003.building").mkdir()
    (data / "index" / "000009").mkdir()
    (data / "dead-letter.new").touch()
    assert leftovers(data) == ["dead-letter.new", "index/000003.building", "index/000009 without a manifest"]


def test_versions_differ_in_some_posts_and_have_others_in_common() -> None:
    first, second = FIRST.state, SECOND.state
    both = first.keys() & second.keys()
    assert first.keys() - both
    assert second.keys() - both
    assert {first[link] == second[link] for link in both} == {True, False}
