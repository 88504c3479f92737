"""Many ranges of an array at once, without a loop over them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints


def sizes(starts: Ints) -> NDArray[np.int64]:
    """How many entries each range has, given where each begins and the last one ends."""
    wide = starts.astype(np.int64, copy=False)
    return wide[1:] - wide[:-1]


def offsets(counts: Ints | Bools) -> NDArray[np.int64]:
    """Where each of so many entries begins when they lie one after the other, and where all end."""
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    return found


def ranges(starts: Ints, counts: Ints) -> NDArray[np.int64]:
    """`starts[0]`, `starts[0] + 1`, ... `counts[0]` numbers, then `counts[1]` from `starts[1]`."""
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(np.asarray(starts, np.int64) - (ends - counts), counts) + np.arange(total)
