"""What a search needs of a generation: segments, statistics, and room to keep what was decoded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from whoosh.searching import Searcher

from search.engines.whoosh.cache import Cache
from search.engines.whoosh.segment.segment import Segment


@dataclass(frozen=True, slots=True)
class Statistics:
    """What scores depend on: how many documents there are, deleted ones included, and terms by field."""

    documents: int
    lengths: Mapping[str, int]

    @classmethod
    def of(cls, segments: Iterable[Segment]) -> Statistics:
        """Count what is in these segments. Reads every length, so it is done once for a generation."""
        documents, lengths = 0, {"title": 0, "body": 0}
        for segment in segments:
            documents += segment.documents
            for name in lengths:
                lengths[name] += int(segment.fields[name].lengths.sum(dtype=np.int64))
        return cls(documents, lengths)

    def average(self, fieldname: str) -> float:
        """How many terms a document has on average, those without the field included; 1 for none at all."""
        return self.lengths[fieldname] / self.documents if self.lengths[fieldname] else 1.0


class Index(Protocol):
    """A generation as patterns, queries and their evaluation see it."""

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments, in an order that stays."""
        ...

    @property
    def statistics(self) -> Statistics:
        """Of all segments."""
        ...

    @property
    def cache(self) -> Cache:
        """Of this generation."""
        ...

    def searcher(self) -> Searcher:
        """Whoosh's own searcher: one leaf for each segment, in the same order. For this thread only."""
        ...
