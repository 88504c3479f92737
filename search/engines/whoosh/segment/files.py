"""A segment's file: all arrays of its fields and columns in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from search.engines.whoosh.segment.array_file import read_arrays, write_arrays
from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.disk_field import DiskField, field_arrays
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.segment import FIELDS, Segment
from search.engines.whoosh.segment.strings import Strings

_STEMS: Final = {"title_word": "title", "body_word": "body"}
"""Of which field `Inverted.same` is a term, in a field that has it."""


def write_segment(
    path: Path, fields: Mapping[str, Inverted], columns: SegmentColumns, common: Iterable[bytes]
) -> None:
    """Write a new file of all `FIELDS`; raises `FileExistsError` where there is one."""
    arrays = columns.arrays()
    facts: dict[str, int] = {}
    arrays |= Strings.of(stem.decode() for stem in sorted(common)).arrays("common")
    for name in FIELDS:
        others = len(fields[_STEMS[name]].terms) if name in _STEMS else 0
        of_field, facts_of_field = field_arrays(name, fields[name], others)
        arrays |= of_field
        facts |= facts_of_field
    write_arrays(path, arrays, facts)


def read_segment(path: Path) -> Segment:
    """Open a segment, named like its file; raises `OSError`, and `ValueError` where it is damaged."""
    file = read_arrays(path)
    columns = SegmentColumns.read(file)
    documents = columns.posts + columns.comments
    fields: dict[str, DiskField] = {}
    for name in FIELDS:
        fields[name] = DiskField(file, name, documents, fields.get(_STEMS.get(name, "")))
    common = frozenset(stem.encode() for stem in Strings.read(file, "common"))
    return Segment(path.stem, fields, columns, common)
