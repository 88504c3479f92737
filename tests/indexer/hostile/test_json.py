"""JSON nested 100,000 deep and numbers of a million digits: dead letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.indexer.hostile.entries import Entry, Export, numbered
from tests.indexer.hostile.exports import IN_JSON
from tests.indexer.hostile.formats import EVERY_FORMAT_IN_JSON, each
from tests.indexer.hostile.importing import imported_export
from tests.indexer.hostile.test_cut_off import read_of

POSTS = 12
BOMBS = {
    "lists": b"[" * 100_000 + b"]" * 100_000,
    "objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "never closed": b"[" * 100_000,
    "a million digits": b"1" * 1_000_000,
    "a million digits behind a point": b"1." + b"1" * 1_000_000,
    "a million digits above": b"1e" + b"1" * 1_000_000,
}
OF_MANY = {name: export for name, export in IN_JSON.items() if export.many}


@each(OF_MANY)
@pytest.mark.parametrize("bomb", [name for name in BOMBS if name != "never closed"])
def test_a_bomb_in_a_record_is_a_dead_letter_and_the_others_are_read(
    tmp_path: Path, export: Export, bomb: str
) -> None:
    content = export.of(*numbered(POSTS)).replace(b'"<p>Low water number 5.</p>"', BOMBS[bomb])
    found = imported_export(tmp_path, export, content)
    assert found.code == 3
    assert len(found.letters) == 1
    assert read_of(found, export) == POSTS - 1


@EVERY_FORMAT_IN_JSON
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_of_a_whole_file_ends_in_a_message(tmp_path: Path, export: Export, bomb: str) -> None:
    found = imported_export(tmp_path, export, export.of(Entry("BOMB")).replace(b'"BOMB"', BOMBS[bomb]))
    assert found.code in (1, 3)
    assert found.letters or found.error
