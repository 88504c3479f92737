"""One segment: fields to search and columns to describe what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.field import Field

FIELDS: Final = ("title", "body", "title_word", "body_word", "body_pair")
"""Fields of running text: stems with positions; words as they are read; and pairs of very common stems.

A term of `body_pair` is two of the segment's `common` stems with a space between; its positions are those of
the first one, where the second one follows at once. It is no field of the schema.
"""


@dataclass(frozen=True)
class Segment:
    """At most 65,536 documents (more only where one post alone has more comments), never changed.

    `common` are the stems whose pairs are in `body_pair`.
    """

    name: str
    fields: Mapping[str, Field]
    columns: SegmentColumns
    common: frozenset[bytes]

    @property
    def documents(self) -> int:
        """How many documents there are, deleted ones included: posts, then comments."""
        return self.columns.posts + self.columns.comments
