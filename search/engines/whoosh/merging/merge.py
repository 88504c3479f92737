"""Several segments as one: what it would be, had the posts that are left been indexed together.

Only key terms can differ, because they were chosen by the statistics of the segment a post was built in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.merging.columns import merge_columns
from search.engines.whoosh.merging.pairs import merge_pairs
from search.engines.whoosh.merging.postings import merge_postings
from search.engines.whoosh.merging.renumbering import Part, Renumbering, renumber
from search.engines.whoosh.merging.sharing import shared, unshared
from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.segment import Segment

MEMORY: Final = 10
"""How many times the bytes of the files of segments merging takes in memory, about."""

WORDS: Final = {"title": "title_word", "body": "body_word"}
"""Fields of stems, and the field of the words they are the stems of."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a segment is written from."""

    fields: Mapping[str, Inverted]
    columns: SegmentColumns
    common: frozenset[bytes]


def merge(segments: Sequence[Segment], deleted: Sequence[Bools | None]) -> Content:
    """Merge segments (at least one) without their deleted documents; None says that there are none.

    A deleted post's comments have to be deleted with it. Posts keep the order of the segments, and in each
    their own. Takes about `MEMORY` times the bytes of the segments' files.
    """
    parts = [
        Part(segment.columns.posts, segment.columns.comments, gone)
        for segment, gone in zip(segments, deleted, strict=True)
    ]
    renumbered = renumber(parts)
    title, title_word, _ = _merged_text("title", segments, renumbered)
    body, body_word, terms = _merged_text("body", segments, renumbered)
    pairs, common = merge_pairs(body)
    return Content(
        fields={
            "title": title,
            "body": body,
            "title_word": title_word,
            "body_word": body_word,
            "body_pair": pairs,
        },
        columns=merge_columns([segment.columns for segment in segments], renumbered, terms),
        common=common,
    )


def _merged_text(
    name: str, segments: Sequence[Segment], renumbered: Sequence[Renumbering]
) -> tuple[Inverted, Inverted, tuple[Ints, ...]]:
    """The stems and the words of a text, and for each segment the new number of each of its stems."""
    stems = [segment.fields[name].inverted() for segment in segments]
    merged = merge_postings(stems, renumbered)
    stems = [replace(each, frequencies=None, positions=None) for each in stems]  # which are most of it
    words = [
        unshared(segment.fields[WORDS[name]].inverted(), of_segment)
        for segment, of_segment in zip(segments, stems, strict=True)
    ]
    return merged.field, shared(merge_postings(words, renumbered).field, merged.field), merged.numbers
