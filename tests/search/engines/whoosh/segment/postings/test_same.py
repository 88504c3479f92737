"""Words know which stem has the very same documents."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.engines.whoosh.segment.array_file import read_arrays, write_arrays
from search.engines.whoosh.segment.postings.same import Same


@pytest.mark.parametrize("terms", [0, 1, 64, 1_000])
def test_near_far_and_no_counterparts_are_kept(tmp_path: Path, terms: int) -> None:
    same = np.arange(terms, dtype=np.int32) * 3
    same[3::50] = 2_999 - same[3::50]
    same[::7] = -1
    shapes = np.where(same < 0, 3, 0).astype(np.uint8)
    write_arrays(tmp_path / "file", Same.of(same, shapes, 3_000).arrays("word.same"), {})
    found = Same.read(read_arrays(tmp_path / "file"), "word.same", shapes, 3_000)
    assert found[np.arange(terms)].tolist() == same.tolist()
    assert (shapes[same < 0] == 3).all()


def test_a_counterpart_that_is_not_there_is_refused() -> None:
    same = Same.of(np.array([5], np.int32), np.zeros(1, np.uint8), 5)
    with pytest.raises(ValueError, match="not there"):
        same[np.array([0])]
