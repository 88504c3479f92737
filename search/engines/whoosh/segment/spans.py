"""Many stretches of an array at once, without a loop over them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints


def edges(counts: Ints | Bools) -> NDArray[np.int64]:
    """Where each of stretches that follow one another begins, and where the last one ends."""
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    return found


def sizes(edges: Ints) -> NDArray[np.int64]:
    """How many entries each stretch has, given where each begins and the last one ends."""
    wide = edges.astype(np.int64, copy=False)
    return wide[1:] - wide[:-1]


def spans(starts: Ints, counts: Ints) -> NDArray[np.int64]:
    """`starts[0], starts[0] + 1, …`, `counts[0]` of them, then those from `starts[1]`, and so on."""
    bounds = edges(counts)
    return np.repeat(np.asarray(starts, np.int64) - bounds[:-1], counts) + np.arange(bounds[-1])
