"""Verifying a segment reads all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines.whoosh.segment.array_file import read_arrays, write_arrays
from search.engines.whoosh.segment.files import read_segment
from search.engines.whoosh.segment.verify import verify
from tests.search.engines.whoosh.segment.fields import inverted, segment_file, words_of

BODY = inverted([(document, b"word", document) for document in range(60)] + [(7, b"rare", 3)], 60)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return segment_file(tmp_path, BODY, words_of(BODY, [0, 1]))


def test_a_segment_as_it_was_written_is_well(path: Path) -> None:
    verify(read_segment(path))


@pytest.mark.parametrize(
    "part", ["lists", "rare", "shapes", "lengths", "frequent", "occurrences", "list_starts"]
)
def test_damage_is_found_wherever_it_is(path: Path, part: str, tmp_path: Path) -> None:
    file = read_arrays(path)
    array = file.arrays[f"body.{part}"].copy()
    array[0] ^= 0x15
    write_arrays(tmp_path / "damaged.segment", {**file.arrays, f"body.{part}": array}, file.facts)
    with pytest.raises(ValueError, match="damaged"):
        verify(read_segment(tmp_path / "damaged.segment"))
