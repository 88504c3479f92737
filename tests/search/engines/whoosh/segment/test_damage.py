"""All of a segment can be read, and what contradicts itself is not taken for postings."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from search.engines.whoosh.segment.array_file import read_arrays, write_arrays
from search.engines.whoosh.segment.field import Field
from search.engines.whoosh.segment.files import read_segment
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.segment import Segment
from tests.search.engines.whoosh.segment.fields import inverted, segment_file, words_of

BODY = inverted([(document, b"word", document) for document in range(60)] + [(7, b"rare", 3)], 60)


def read_all(segment: Segment) -> None:
    """Raises `ValueError` for terms or postings that cannot be read or that contradict one another."""
    for name, field in segment.fields.items():
        try:
            _read(field, field.inverted())
        except ValueError as error:
            raise ValueError(f"{name} of segment {segment.name} is damaged: {error}") from error


def _read(field: Field, whole: Inverted) -> None:
    if any(one >= other for one, other in pairwise(whole.terms)):
        raise ValueError("terms do not ascend")
    ascends = np.diff(whole.documents, prepend=-1) > 0
    ascends[whole.starts[:-1][np.diff(whole.starts) > 0]] = True
    if not ascends.all():
        raise ValueError("the documents of a term do not ascend")
    if (field.document_frequencies(range(len(field))) < 1).any():
        raise ValueError("a term is in no document")
    if whole.frequencies is not None:
        times = np.bincount(whole.documents, whole.frequencies, len(whole.lengths))
        if (times != whole.lengths).any():
            raise ValueError("documents are not as long as their terms are many")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return segment_file(tmp_path, BODY, words_of(BODY, [0, 1]))


def test_a_segment_as_it_was_written_is_well(path: Path) -> None:
    read_all(read_segment(path))


@pytest.mark.parametrize(
    "part", ["lists", "rare", "shapes", "lengths", "frequent", "occurrences", "list_starts"]
)
def test_damage_is_found_wherever_it_is(path: Path, part: str, tmp_path: Path) -> None:
    file = read_arrays(path)
    array = file.arrays[f"body.{part}"].copy()
    array[0] ^= 0x15
    write_arrays(tmp_path / "damaged.segment", {**file.arrays, f"body.{part}": array}, file.facts)
    with pytest.raises(ValueError, match="damaged"):
        read_all(read_segment(tmp_path / "damaged.segment"))
