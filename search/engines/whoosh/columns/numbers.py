"""Dates and comments of a generation's posts, as columns."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints, smallest
from search.engines.whoosh.columns.selection import Selection
from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.row import UNDATED

SECONDS: Final = 86_400
EPOCH: Final = date(1970, 1, 1).toordinal()

_ARRAYS: Final = ("start", "last_day", "comments", "period", "periods")
_NOT_A_MONTH: Final = 0
_PERIODS_OF_A_YEAR: Final = 13


@dataclass(frozen=True)
class Numbers:
    """One number a post, newest first.

    `start` (its date's first second since 1970, which never ascends) and `last_day` (`date.toordinal`) are
    as long as there are posts with a date, which come first. `comments` and `period` are as long as there
    are posts. A period is the month of a date, or the year where no more is known: a number among `periods`,
    or as many as there are of these for a post without a date. `periods` ascend and are 13 times the
    year plus the month, or plus 0 for the year alone.
    """

    start: Ints
    last_day: Ints
    comments: Ints
    period: Ints
    periods: Ints

    @classmethod
    def of(cls, level: Ints, start: Ints, last_day: Ints, comments: Ints) -> Self:
        """Lay out what segments know of all posts, in the order of their numbers."""
        dated = int(np.count_nonzero(level != UNDATED))
        months = start[:dated].astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
        named = (1970 + months // 12) * _PERIODS_OF_A_YEAR + np.where(
            level[:dated] > 1, 1 + months % 12, _NOT_A_MONTH
        )
        periods, period = np.unique(named, return_inverse=True)
        undated = np.full(len(level) - dated, len(periods))
        return cls(
            start=smallest(start[:dated]),
            last_day=smallest(last_day[:dated]),
            comments=smallest(comments),
            period=smallest(np.concatenate([period, undated])),
            periods=smallest(periods),
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What `read` reads, to be written into a file."""
        return {name: getattr(self, name) for name in _ARRAYS}

    @classmethod
    def read(cls, file: ArrayFile, posts: int) -> Self:
        """The numbers that `arrays` described; raises `ValueError` where they contradict themselves."""
        start, periods = file.array("start", "u", "i"), file.array("periods", "u")
        if len(start) > posts or np.any(start[1:] > start[:-1]) or np.any(periods[1:] <= periods[:-1]):
            raise ValueError(f"{file.path}: dates are not in order")
        return cls(
            start=start,
            last_day=file.array("last_day", "u", count=len(start)),
            comments=file.array("comments", "u", count=posts),
            period=file.below("period", len(periods) + 1, count=posts),
            periods=periods,
        )

    @property
    def dated(self) -> int:
        """How many posts have a date: those with the numbers below."""
        return len(self.start)

    @cached_property
    def years(self) -> Ints:
        """The year of each period."""
        return self.periods.astype(np.int64) // _PERIODS_OF_A_YEAR

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The month of each period as it is written; empty for one that is a whole year."""
        parts = (divmod(period, _PERIODS_OF_A_YEAR) for period in self.periods.tolist())
        return tuple(f"{year:04}-{month:02}" if month else "" for year, month in parts)

    @cached_property
    def totals(self) -> Ints:
        """How many posts there are of each period."""
        return self._count(self.period)

    def counts(self, selection: Selection) -> Ints:
        """How many of the selected posts there are of each period."""
        if selection.is_all:
            return self.totals
        if selection.is_most:
            return self.totals - self.counts(selection.rest)
        return self._count(self.period[selection.posts])

    def _count(self, periods: Ints) -> Ints:
        return np.bincount(periods, minlength=len(self.periods) + 1)[:-1]

    def days(self, selection: Selection, period: int) -> tuple[list[int], list[int]]:
        """Days (`date.toordinal`) of selected posts of one period, newest first, and how many each has."""
        posts = selection.posts[self.period[selection.posts] == period]
        days = self.start[posts].astype(np.int64) // SECONDS + EPOCH
        days, counts = np.unique(days[days == self.last_day[posts]], return_counts=True)
        return days[::-1].tolist(), counts[::-1].tolist()

    def within(self, first: date | None, last: date | None) -> Bools:
        """Which posts' own period lies wholly between these days, both included. One entry a post.

        Without a first or last day there is no limit on that side, but a post has to have a date.
        """
        newest = 0 if last is None else self._first_before(last.toordinal() + 1)
        oldest = self.dated if first is None else self._first_before(first.toordinal())
        within = np.zeros(len(self.comments), np.bool_)
        within[newest:oldest] = True
        if last is not None:
            # A year or month may begin in time and end too late.
            within[newest:oldest] = self.last_day[newest:oldest] <= last.toordinal()
        return within

    def _first_before(self, day: int) -> int:
        """The newest post that begins before a day."""
        second = (day - EPOCH) * SECONDS
        return bisect_left(range(self.dated), 1 - second, key=lambda post: -int(self.start[post]))
