"""Small files and folders that last."""

from __future__ import annotations

import stat
from pathlib import Path

from search.durable import make_folder, replace


def test_folders_are_made_with_those_they_are_in_for_their_owner_only(tmp_path: Path) -> None:
    make_folder(tmp_path / "one" / "two" / "three")
    make_folder(tmp_path / "one" / "two" / "three")
    for folder in (tmp_path / "one").rglob("*"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_other_content_takes_the_place_of_a_file_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "letters.jsonl"
    for content in ("first\n", "\udce9 and more\n", ""):
        replace(path, content)
        assert path.read_text() == content.replace("\udce9", "?")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
