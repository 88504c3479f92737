"""The best of many without sorting all: pages of results, and the most frequent values of a facet."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final, assert_never

import numpy as np

from search.engines.whoosh.arrays import Floats, Ints
from search.engines.whoosh.columns.columns import Columns
from search.request import Sort

_BLOCKS: Final = 8
"""How many blocks, for each place that is wanted, an array is divided into to find a bound."""
_SORTED: Final = 32
"""How many keys, for each place that is wanted, are simply sorted."""


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
    places: Ints = (keys >= bound).nonzero()[0]
    if len(places) > _SORTED * count:
        return _highest_of_equal(keys, places, count)
    return places.take(_sorted(keys.take(places))[:count])


def _highest_of_equal(keys: Ints | Floats, places: Ints, count: int) -> Ints:
    """The places of the highest keys among those at some places: more than are worth sorting."""
    kept = keys.take(places)
    least = np.partition(kept, len(kept) - count)[len(kept) - count]
    higher, equal = (kept > least).nonzero()[0], (kept == least).nonzero()[0]
    chosen = np.concatenate([higher[_sorted(kept[higher])], equal[: count - len(higher)]])
    found: Ints = places.take(chosen)
    return found


def _bound(keys: Ints | Floats, count: int) -> int | float:
    """A key that at least `count` keys reach, and not many more where keys are in no order."""
    blocks = _BLOCKS * count
    if len(keys) > 2 * blocks:
        # A block is a column here: so that the highest of all blocks are found side by side.
        tops = np.maximum.reduce(keys[: len(keys) // blocks * blocks].reshape(-1, blocks), axis=0)
    else:
        tops = keys.copy()
    tops.partition(len(tops) - count)
    bound: int | float = tops[len(tops) - count].item()
    return bound


def _sorted(keys: Ints | Floats) -> Ints:
    """The order of all keys, highest first; equal ones stay in order."""
    # Backwards, so that nothing has to be negated, which numbers without a sign cannot be.
    order: Ints = len(keys) - 1 - keys[::-1].argsort(kind="stable")[::-1]
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
