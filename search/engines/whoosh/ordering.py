"""The best of many without sorting all: pages of results, and the most frequent values of a facet."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final, assert_never

import numpy as np

from search.engines.whoosh.arrays import Floats, Ints
from search.engines.whoosh.columns import Columns
from search.request import Sort

_BLOCKS: Final = 8
"""How many blocks, for each place that is wanted, an array is divided into to find a bound."""


def page(sort: Sort, posts: Ints, scores: Floats, columns: Columns, *, offset: int, size: int) -> Ints:
    """Which of the posts are on a page, best first, as places in `posts`. Ties are newest first.

    `posts` are unique and ascend, `scores` are beside them and not NaN.
    """
    depth = offset + size
    match sort:
        case Sort.RELEVANCE:
            return highest(scores, depth)[offset:]
        case Sort.NEWEST:
            return np.arange(min(offset, len(posts)), min(depth, len(posts)))
        case Sort.OLDEST:
            return _oldest(posts, columns, depth)[offset:]
        case Sort.COMMENTS:
            return highest(columns.numbers.comments[posts], depth)[offset:]
        case _:
            assert_never(sort)


def highest(keys: Ints | Floats, count: int) -> Ints:
    """The places of the highest keys, highest first, and of equal ones the first first.

    Takes one pass over the keys and a sort of hardly more than `count` of them, also where many are equal.
    """
    if count >= len(keys):
        return _sorted(keys)
    bound = _bound(keys, count)
    above = np.flatnonzero(keys > bound)
    if len(above) <= count:
        equal = np.flatnonzero(keys == bound)[: count - len(above)]
        return np.concatenate([above[_sorted(keys[above])], equal])
    kept = keys[above]
    least = np.partition(kept, len(kept) - count)[len(kept) - count]
    higher, equal = np.flatnonzero(kept > least), np.flatnonzero(kept == least)
    chosen = np.concatenate([higher[_sorted(kept[higher])], equal[: count - len(higher)]])
    places: Ints = above[chosen]
    return places


def _bound(keys: Ints | Floats, count: int) -> int | float:
    """A key that at least `count` keys reach, and not many more where keys are in no order."""
    width = len(keys) // (_BLOCKS * count)
    if width > 1:
        keys = keys[: len(keys) // width * width].reshape(-1, width).max(axis=1)
    bound: int | float = np.partition(keys, len(keys) - count)[len(keys) - count].item()
    return bound


def _sorted(keys: Ints | Floats) -> Ints:
    """The order of all keys, highest first; equal ones stay in order."""
    # Backwards, so that nothing has to be negated, which numbers without a sign cannot be.
    order: Ints = len(keys) - 1 - np.argsort(keys[::-1], kind="stable")[::-1]
    return order


def _oldest(posts: Ints, columns: Columns, depth: int) -> Ints:
    """Posts by date, oldest first, undated ones last. Posts of one date are in the order of their numbers."""
    dated = int(posts.searchsorted(columns.numbers.dated))
    start = columns.numbers.start
    if depth < dated:
        # Dates descend, so the oldest are the last: these, and others of the last one's date.
        last = int(start[posts[dated - depth]])
        first = bisect_left(range(dated), -last, key=lambda place: -int(start[posts[place]]))
    else:
        first = 0
    oldest = first + np.argsort(start[posts[first:dated]], kind="stable")
    return np.concatenate([oldest, np.arange(dated, len(posts))])[:depth]
