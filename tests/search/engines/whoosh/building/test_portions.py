"""What is worked on in portions is what it would be at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.engines.whoosh.building import inversion, key_terms, lexicon, pairs, tokens
from search.engines.whoosh.building.builder import build_segments
from search.engines.whoosh.segment.array_file import ArrayFile, read_arrays
from search.engines.whoosh.segment.postings import encoding
from search.engines.whoosh.segment.terms import front_coding
from search.model import PostWithComments
from tests.search.engines.whoosh.building.contents import some_posts

SMALL = (
    (tokens, "_BLOCK", 7),
    (tokens, "_DOCUMENTS", 3),
    (inversion, "_BLOCK", 5),
    (inversion, "_PORTION", 40),
    (lexicon, "_AT_ONCE", 2),
    (key_terms, "_PORTION", 30),
    (encoding, "_PORTION", 20),
    (encoding, "_BATCH", 10),
    (encoding, "_WHOLE_BYTES", 8),
    (front_coding, "_PORTION", front_coding.BLOCK),
)


@pytest.fixture(autouse=True)
def with_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even so few posts have pairs of common stems."""
    monkeypatch.setattr(pairs, "WORTH_PAIRS", 10)
    monkeypatch.setattr(pairs, "COMMON", 5)


def test_a_segment_made_in_small_portions_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = some_posts(300)
    at_once = built(contents, tmp_path / "at once")
    for module, name, size in SMALL:
        monkeypatch.setattr(module, name, size)
    in_portions = built(contents, tmp_path / "in portions")
    assert in_portions.facts == at_once.facts
    assert in_portions.arrays.keys() == at_once.arrays.keys()
    for name, array in at_once.arrays.items():
        np.testing.assert_array_equal(in_portions.arrays[name], array, err_msg=name)


def test_what_lay_in_files_on_the_way_is_gone(tmp_path: Path) -> None:
    file = built(some_posts(50), tmp_path / "built")
    assert list((tmp_path / "built").iterdir()) == [file.path]


def built(contents: list[PostWithComments], folder: Path) -> ArrayFile:
    """The file of the only segment of these posts."""
    folder.mkdir()
    (segment,) = build_segments(contents, folder, jobs=1, megabytes=512)
    return read_arrays(segment.path)
