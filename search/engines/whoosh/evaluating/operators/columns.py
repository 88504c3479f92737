"""Operators on what describes posts: keyword values, days, and which documents are posts at all.

A comment has its post's values and days, so what a post matches, all of its comments match.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.evaluating.hits import Documents, common, members
from search.engines.whoosh.evaluating.operators.operator import BySegment
from search.engines.whoosh.evaluating.run import Run
from search.engines.whoosh.index import Index
from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.keyword import Keyword
from search.engines.whoosh.segment.spans import spans


@dataclass(frozen=True, slots=True)
class Threads:
    """Which comments belong to which post of a segment: those of post `p` are numbers `starts[p]` until
    `starts[p + 1]` of all comments, and `parents` has the post of each.
    """

    starts: NDArray[np.int32]
    parents: NDArray[np.int32]

    @property
    def nbytes(self) -> int:
        """What it takes in a cache."""
        return self.starts.nbytes + self.parents.nbytes

    @classmethod
    def of(cls, index: Index, segment: int) -> Threads:
        """Those of a segment, which are kept."""
        return index.cache.get(("threads", segment), lambda: cls._of(index.segments[segment].columns))

    @classmethod
    def _of(cls, columns: SegmentColumns) -> Threads:
        starts = np.zeros(columns.posts + 1, np.int32)
        np.cumsum(np.bincount(columns.parents, minlength=columns.posts), out=starts[1:])
        return cls(starts, columns.parents.astype(np.int32))

    def with_comments(self, posts: Documents) -> Documents:
        """Posts and all of their comments, by document number."""
        first = self.starts.take(posts)
        counts = self.starts.take(posts + 1) - first
        return np.concatenate([posts, (spans(first, counts) + (len(self.starts) - 1)).astype(np.int32)])

    def posts_of(self, documents: Documents) -> Documents:
        """The post that each of these documents is or belongs to."""
        posts = len(self.starts) - 1
        split = int(documents.searchsorted(posts))
        if split == len(documents):
            return documents
        return np.concatenate([documents[:split], self.parents.take(documents[split:] - posts)])


class Span(BySegment):
    """All documents of each segment, its posts, or its comments."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, run: Run, score: float, *, posts: bool, comments: bool) -> None:
        super().__init__(run, score)
        columns = [segment.columns for segment in run.segments]
        self._starts = [0 if posts else each.posts for each in columns]
        self._ends = [each.posts + each.comments if comments else each.posts for each in columns]
        self.size = sum(self._ends) - sum(self._starts)

    def documents(self, segment: int, within: Documents | None) -> Documents:
        """Those between two numbers."""
        start, end = self._starts[segment], self._ends[segment]
        if within is None:
            return np.arange(start, end, dtype=np.int32)
        first, last = within.searchsorted(np.array([start, end], np.int32))
        return within[first:last]


class OfPosts(BySegment):
    """Posts that are told by their columns and, unless these cannot matter, all of their comments."""

    __slots__ = ("_comments",)

    def __init__(self, run: Run, score: float, *, comments: bool) -> None:
        super().__init__(run, score)
        self._comments = comments

    def documents(self, segment: int, within: Documents | None) -> Documents:
        """Posts, and their comments."""
        columns = self._run.segments[segment].columns
        if not self._comments or not columns.comments:
            if within is not None:
                within = within[: int(within.searchsorted(columns.posts))]
                return within[self._passing(segment, within)]
            return self._posts(segment)
        threads = Threads.of(self._run.index, segment)
        if within is not None:
            return within[self._passing(segment, threads.posts_of(within))]
        return threads.with_comments(self._posts(segment))

    @abstractmethod
    def _posts(self, segment: int) -> Documents:
        """The posts, ascending."""

    @abstractmethod
    def _passing(self, segment: int, posts: Documents) -> Bools:
        """Which of these posts, in any order and maybe repeated, are among them."""


class ValueOfPosts(OfPosts):
    """Posts that have any of these values of a keyword field. `values` are their numbers in each segment."""

    __slots__ = ("_keywords", "_values")

    def __init__(
        self, run: Run, fieldname: str, values: Sequence[Ints], score: float, *, comments: bool
    ) -> None:
        super().__init__(run, score, comments=comments)
        self._keywords = [segment.columns.keywords[fieldname] for segment in run.segments]
        self._values = values
        self.size = sum(
            _count(keyword, chosen) * (1 + segment.columns.comments // max(segment.columns.posts, 1))
            for segment, keyword, chosen in zip(run.segments, self._keywords, values, strict=True)
        )

    def _posts(self, segment: int) -> Documents:
        return owners(self._keywords[segment], self._values[segment])

    def _passing(self, segment: int, posts: Documents) -> Bools:
        return members(posts, self._posts(segment), self._run.segments[segment].columns.posts)


class PostsWithin(OfPosts):
    """Posts of whose days one (`first_day` or `last_day`) is in a range, both ends included."""

    __slots__ = ("_days", "_first", "_last")

    def __init__(self, run: Run, fieldname: str, days: range, score: float, *, comments: bool) -> None:
        super().__init__(run, score, comments=comments)
        self._days: list[Ints] = [getattr(segment.columns, fieldname) for segment in run.segments]
        # Undated posts have day 0, and are in no range.
        self._first, self._last = max(days.start, 1), days.stop - 1
        self.size = run.index.statistics.documents

    def _posts(self, segment: int) -> Documents:
        return self._among(self._days[segment]).nonzero()[0].astype(np.int32)

    def _passing(self, segment: int, posts: Documents) -> Bools:
        return self._among(self._days[segment].take(posts))

    def _among(self, days: Ints) -> Bools:
        among: Bools = (days >= self._first) & (days <= self._last)
        return among


class ValueOfComments(BySegment):
    """Comments that have any of these values of `commenter`. `values` are their numbers in each segment."""

    __slots__ = ("_values",)

    def __init__(self, run: Run, values: Sequence[Ints], score: float) -> None:
        super().__init__(run, score)
        self._values = values
        self.size = sum(
            _count(segment.columns.keywords["commenter"], chosen)
            for segment, chosen in zip(run.segments, values, strict=True)
        )

    def documents(self, segment: int, within: Documents | None) -> Documents:
        """The comments."""
        columns = self._run.segments[segment].columns
        found = owners(columns.keywords["commenter"], self._values[segment])
        documents = found + np.int32(columns.posts)
        if within is not None:
            documents = documents.take(common(documents, within, columns.posts + columns.comments)[0])
        return documents


def owners(keyword: Keyword, values: Ints) -> Documents:
    """Who has any of these values, ascending, each once."""
    if len(values) == 1:
        value = int(values[0])
        one: Documents = keyword.owners[int(keyword.starts[value]) : int(keyword.starts[value + 1])].astype(
            np.int32
        )
        return one
    starts = keyword.starts.take(values).astype(np.int64)
    counts = keyword.starts.take(values + 1).astype(np.int64) - starts
    several = keyword.owners.take(spans(starts, counts)).astype(np.int32)
    several.sort()
    if not len(several):
        return several
    first = np.ones(len(several), np.bool_)
    np.not_equal(several[1:], several[:-1], out=first[1:])
    return several[first]


def _count(keyword: Keyword, values: Ints) -> int:
    if not len(values):
        return 0
    numbers = np.asarray(values, np.int64)
    return int((keyword.starts.take(numbers + 1).astype(np.int64) - keyword.starts.take(numbers)).sum())
