"""How the documents of all segments are numbered for one search: one segment after the other.

So a query is answered with one array of documents, however many segments there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.evaluating.hits import NO_DOCUMENTS, Documents, Hits
from search.engines.whoosh.segment.columns import SegmentColumns


@dataclass(frozen=True)
class Numbering:
    """Document `d` of segment `s` has the number `starts[s] + d`. `starts` ends with how many there are.

    A segment's posts come before its comments: these begin at `comments[s]`.
    """

    starts: tuple[int, ...]
    comments: tuple[int, ...]

    @classmethod
    def of(cls, segments: Iterable[SegmentColumns]) -> Self:
        """The numbering of the documents of these segments."""
        starts, comments = [0], []
        for segment in segments:
            comments.append(starts[-1] + segment.posts)
            starts.append(comments[-1] + segment.comments)
        return cls(tuple(starts), tuple(comments))

    @property
    def nbytes(self) -> int:
        """About what it takes in a cache."""
        return 200 * len(self.starts)

    @property
    def documents(self) -> int:
        """How many there are."""
        return self.starts[-1]

    @cached_property
    def has_comments(self) -> bool:
        """Whether there is any comment."""
        return self.comments != self.starts[1:]

    def split(self, documents: Documents) -> list[Documents]:
        """Ascending documents by segment, each by its number there."""
        bounds = documents.searchsorted(self._bounds[::2]).tolist()
        return [
            documents[first:last] - np.int32(start)
            for start, (first, last) in zip(self.starts, pairwise(bounds), strict=False)
        ]

    def joined(self, several: Sequence[Documents]) -> Documents:
        """The documents of segments, the first ones, by their numbers in all."""
        if len(several) == 1:
            return several[0]
        numbered = [each + np.int32(start) for each, start in zip(several, self.starts, strict=False)]
        return np.concatenate(numbered) if numbered else NO_DOCUMENTS

    def only_in(self, segments: Sequence[int], documents: Documents) -> Documents:
        """Those of ascending documents that are in some segments, which ascend, too."""
        bounds = documents.searchsorted(self._bounds[::2]).tolist()
        return np.concatenate([NO_DOCUMENTS, *(documents[bounds[s] : bounds[s + 1]] for s in segments)])

    def posts_and_comments(self, hits: Hits) -> tuple[Hits, Hits]:
        """Those that are posts, and those that are comments."""
        if not self.has_comments:
            return hits, hits.slice(0, 0)
        is_comment = np.zeros(len(hits), np.bool_)
        for first, last in hits.documents.searchsorted(self._bounds)[1:].reshape(-1, 2).tolist():
            is_comment[first:last] = True
        return hits.take((~is_comment).nonzero()[0]), hits.take(is_comment.nonzero()[0])

    @cached_property
    def _bounds(self) -> NDArray[np.int32]:
        """Where posts and comments of each segment begin in turn, and the last ones end."""
        alternating = [bound for both in zip(self.starts, self.comments, strict=False) for bound in both]
        return np.array([*alternating, self.documents], np.int32)
