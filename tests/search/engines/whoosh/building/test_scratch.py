"""Arrays in files without a name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.engines.whoosh.building.scratch import Scratch, Spill


def test_an_array_in_a_file_is_like_one_in_memory_and_leaves_no_file(tmp_path: Path) -> None:
    room = Scratch(tmp_path)
    one, other, none = room(3, np.int32), room(2, np.int64), room(0, np.int32)
    one[:] = (1, 2, 3)
    other[:] = (1 << 40, 5)
    assert one.tolist() == [1, 2, 3]
    assert other.tolist() == [1 << 40, 5]
    assert len(none) == 0
    assert list(tmp_path.iterdir()) == []


def test_what_is_spilled_comes_back_in_order(tmp_path: Path) -> None:
    one, other, empty = (Spill(tmp_path) for _ in range(3))
    one.add(np.array([1, 2], np.int32))
    other.add(np.array([5], np.int32))
    one.add(np.array([3], np.int32))
    assert list(tmp_path.iterdir()) == []
    assert one.joined([empty, other]).tolist() == [1, 2, 3, 5]
    assert Spill(tmp_path).joined().tolist() == []


def test_a_folder_that_is_not_there_has_no_room(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Scratch(tmp_path / "missing")(1, np.int32)
