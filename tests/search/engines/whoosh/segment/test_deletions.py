"""Which documents are deleted, from one process to the next."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.segment.deletions import read_deletions, with_comments, write_deletions
from tests.search.engines.whoosh.merging.made import Text, segment_of


@given(st.lists(st.booleans(), min_size=1))
def test_they_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, deleted: list[bool]
) -> None:
    path = tmp_path_factory.mktemp("deletions") / "a.deleted"
    write_deletions(path, np.array(deleted))
    assert read_deletions(path, len(deleted)).tolist() == deleted


def test_those_of_another_segment_are_refused(tmp_path: Path) -> None:
    write_deletions(tmp_path / "a.deleted", np.ones(8, np.bool_))
    with pytest.raises(ValueError, match="not of a segment with 7 documents"):
        read_deletions(tmp_path / "a.deleted", 7)


def test_a_post_goes_with_its_comments() -> None:
    posts = [Text("1", (), ("a",), (("b",), ("c",))), Text("2", (), ("d",)), Text("3", (), ("e",), (("f",),))]
    gone = with_comments(np.array([0]), segment_of(posts).columns)
    assert gone.tolist() == [True, False, False, True, True, False]
