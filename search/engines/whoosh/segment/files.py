"""A segment's file: all arrays of its fields and columns in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

from numpy.typing import NDArray

from search.engines.whoosh.segment.array_file import read_arrays, write_arrays
from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.disk_field import DiskField, field_arrays
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.segment import Segment
from search.engines.whoosh.segment.strings import Strings
from search.engines.whoosh.segment.terms.dictionary import Dictionary
from search.engines.whoosh.segment.terms.part import Part

_SHARING: Final = {
    "title": ("title", "title_word"),
    "body": ("body", "body_word"),
    "body_pair": ("body_pair",),
}
"""Which fields share a dictionary. `Inverted.same` means a term of the first one."""


def write_segment(
    path: Path, fields: Mapping[str, Inverted], columns: SegmentColumns, common: Iterable[bytes]
) -> None:
    """Write a new file of all `FIELDS`; raises `FileExistsError` where there is one."""
    arrays, facts = columns.arrays(), dict[str, int]()
    arrays |= Strings.of(stem.decode() for stem in sorted(common)).arrays("common")
    for shared, names in _SHARING.items():
        of_dictionary, every = _dictionary_arrays(shared, {name: fields[name].terms for name in names})
        arrays |= of_dictionary
        facts[f"{shared}.dictionary.count"] = every
        for name in names:
            of_field, facts_of_field = field_arrays(name, fields[name], len(fields[shared].terms))
            arrays |= of_field
            facts |= facts_of_field
    write_arrays(path, arrays, facts)


def read_segment(path: Path) -> Segment:
    """Open a segment, named like its file; raises `OSError`, and `ValueError` where it is damaged."""
    file = read_arrays(path)
    columns = SegmentColumns.read(file)
    fields: dict[str, DiskField] = {}
    for shared, names in _SHARING.items():
        dictionary = Dictionary.read(file, f"{shared}.dictionary")
        for name in names:
            part = Part.read(file, name, dictionary)
            documents = columns.posts + columns.comments
            fields[name] = DiskField(file, name, part, documents, fields.get(shared))
    common = frozenset(stem.encode() for stem in Strings.read(file, "common"))
    return Segment(path.stem, fields, columns, common)


def _dictionary_arrays(
    shared: str, terms: Mapping[str, Sequence[bytes]]
) -> tuple[dict[str, NDArray[Any]], int]:
    """One dictionary of the terms of several fields, each field's part of it, and how many it has."""
    every = list(dict.fromkeys(sorted(chain.from_iterable(terms.values()))))
    dictionary = Dictionary.of(every)
    arrays = dictionary.arrays(f"{shared}.dictionary")
    for name, some in terms.items():
        arrays |= Part.of(dictionary, every, some).arrays(name)
    return arrays, len(every)
