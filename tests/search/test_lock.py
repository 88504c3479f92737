"""One process writes an archive at a time, and others can tell that it does without being in its way."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.errors import ArchiveLocked
from search.lock import held, is_held


def test_a_lock_is_held_until_its_block_is_left(tmp_path: Path) -> None:
    path = tmp_path / "LOCK"
    assert not is_held(path)
    with held(path, wait=False):
        assert is_held(path)
    assert not is_held(path)


def test_only_one_can_hold_it(tmp_path: Path) -> None:
    path = tmp_path / "LOCK"
    with held(path, wait=False), pytest.raises(ArchiveLocked), held(path, wait=False):
        pass


def test_a_writer_that_fails_lets_go_of_it(tmp_path: Path) -> None:
    path = tmp_path / "LOCK"
    with pytest.raises(RuntimeError), held(path, wait=True):
        raise RuntimeError
    assert not is_held(path)
