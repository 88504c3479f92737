"""What a generation says of itself, and what is believed of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search.engines.whoosh.publishing.manifest import MANIFEST, Manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.segment").write_bytes(b"1" * 1000)
    (tmp_path / "two.deleted").write_bytes(b"2")
    Manifest.of(tmp_path, 3, 4, ["one"]).write(tmp_path)
    return tmp_path


def rewrite(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what the manifest says."""
    written = json.loads((folder / MANIFEST).read_text())
    change(written)
    (folder / MANIFEST).write_text(json.dumps(written))


def test_it_is_read_as_it_was_written(folder: Path) -> None:
    manifest = Manifest.read(folder)
    assert (manifest.posts, manifest.comments, manifest.segments) == (3, 4, ("one",))
    assert {name: entry.size for name, entry in manifest.files.items()} == {
        "one.segment": 1000,
        "two.deleted": 1,
    }
    manifest.check(folder)


def test_it_says_which_fields_there_are(folder: Path) -> None:
    schema = json.loads((folder / MANIFEST).read_text())["schema"]
    assert schema["title"] == {"kind": "text", "boost": 2.0}
    assert schema["first_day"] == {"kind": "day"}


def test_a_changed_file_is_noticed(folder: Path) -> None:
    (folder / "one.segment").write_bytes(b"1" * 999 + b"2")
    with pytest.raises(ValueError, match=r"one\.segment is not as it was written"):
        Manifest.read(folder).check(folder)


def test_a_shorter_file_is_noticed(folder: Path) -> None:
    (folder / "one.segment").write_bytes(b"1" * 999)
    with pytest.raises(ValueError, match="has 999 bytes instead of 1,000"):
        Manifest.read(folder).check(folder)


def test_a_lost_file_is_noticed(folder: Path) -> None:
    (folder / "two.deleted").unlink()
    with pytest.raises(FileNotFoundError):
        Manifest.read(folder).check(folder)


def test_an_index_of_before_is_told_apart(folder: Path) -> None:
    rewrite(folder, lambda written: written.pop("format"))
    with pytest.raises(ValueError, match="of format 1; this program reads format 2"):
        Manifest.read(folder)


def test_an_index_of_other_fields_is_refused(folder: Path) -> None:
    rewrite(folder, lambda written: written["schema"].pop("tag"))
    with pytest.raises(ValueError, match="other fields"):
        Manifest.read(folder)


@pytest.mark.parametrize("name", ["../one.segment", "/etc/passwd", "", ".hidden", "a/b", "a\0b"])
def test_no_file_outside_of_the_folder_is_looked_at(folder: Path, name: str) -> None:
    entry = {"size": 1, "sha256": ""}
    rewrite(folder, lambda written: written["files"].update({name: entry}))
    with pytest.raises(ValueError, match="not in its folder"):
        Manifest.read(folder)


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{}", "[" * 100_000, '{"format": 2}', '{"format": 2, "schema": []}']
)
def test_what_is_no_manifest_is_said_to_be_none(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_text(text)
    with pytest.raises(ValueError):  # noqa: PT011 (each text is wrong in its own way)
        Manifest.read(folder)


@pytest.mark.parametrize("key", ["posts", "comments", "segments", "files"])
def test_nothing_may_be_missing(folder: Path, key: str) -> None:
    rewrite(folder, lambda written: written.pop(key))
    with pytest.raises(ValueError, match="is not a manifest"):
        Manifest.read(folder)


@pytest.mark.parametrize("name", [MANIFEST, "one.segment"])
def test_a_file_that_is_gone_is_told_by_its_path(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(FileNotFoundError, match=f"{name} is missing"):
        Manifest.read(folder).check(folder)


def test_a_manifest_that_is_cut_off_is_told_by_its_path(folder: Path) -> None:
    (folder / MANIFEST).write_text((folder / MANIFEST).read_text()[:100])
    with pytest.raises(ValueError, match=f"{MANIFEST} is not a manifest"):
        Manifest.read(folder)
