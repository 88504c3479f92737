"""Which version of a post counts, where a stream of changes has several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine import Change
from search.engines.whoosh.arrays import Bools, Ints
from search.model import PostWithComments


class Journal:
    """Hands on the posts of changes, and remembers those that are only taken out.

    `removed` has the id of each, and how many posts were handed on before it was (last) taken out.
    """

    def __init__(self, changes: Iterable[Change]) -> None:
        self._changes = changes
        self.removed: dict[bytes, int] = {}

    def contents(self) -> Iterator[PostWithComments]:
        """The posts, new or changed, in the order of the changes."""
        handed_on = 0
        for change in self._changes:
            if change.content is None:
                self.removed[change.post_id.encode("utf-8", "surrogatepass")] = handed_on
            else:
                yield change.content
                handed_on += 1


def outdated(ids: NDArray[np.bytes_], places: Ints, removed: Mapping[bytes, int]) -> Bools:
    """Which of these versions of posts are not the last, or were taken out after they came.

    `places` tells which came before which. All are wanted at once, for ids are compared by sorting them.
    """
    gone = np.zeros(len(ids), np.bool_)
    order = np.lexsort((places, ids))
    in_order = ids[order]
    gone[order[:-1]] = in_order[:-1] == in_order[1:]
    if removed:
        wanted, before = _removals(removed)
        at = np.minimum(np.searchsorted(wanted, ids), len(wanted) - 1)
        gone |= (wanted[at] == ids) & (places < before[at])
    return gone


def _removals(removed: Mapping[bytes, int]) -> tuple[NDArray[Any], Ints]:
    in_order = sorted(removed)
    return np.array(in_order, np.bytes_), np.array([removed[post_id] for post_id in in_order], np.int64)
