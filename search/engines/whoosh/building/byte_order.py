"""The order of many strings at once, by their bytes.

Eight bytes are one number, the first of them its highest: so numbers are sorted instead of strings, which
takes a tenth of the time. Only strings that agree in these bytes have their next eight compared.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_WIDTH: Final = 8
_MASKS: Final = np.array(
    [((1 << 8 * length) - 1) << 8 * (_WIDTH - length) for length in range(_WIDTH + 1)], np.uint64
)
"""For so many of the first bytes of a number."""


def ranks(text: bytes, starts: Numbers, lengths: Numbers) -> Numbers:
    """How many strings sort before each: equal ones have the same rank. There is no zero byte in them."""
    windows = np.ndarray((len(text) + 1,), np.dtype(">u8"), text + bytes(_WIDTH), strides=(1,))
    found = np.zeros(len(starts), np.int64)
    alike, at = np.arange(len(starts)), 0  # those that agree with another one so far
    while len(alike):
        some = np.minimum(starts[alike] + at, len(text))
        heads = windows[some].astype(np.uint64) & _MASKS[np.clip(lengths[alike] - at, 0, _WIDTH)]
        order = np.lexsort((heads, found[alike])) if at else np.argsort(heads, kind="stable")
        alike, heads = alike[order], heads[order]
        old = found[alike]
        differs = np.ones(len(alike) + 1, np.bool_)
        differs[1:-1] = (heads[1:] != heads[:-1]) | (old[1:] != old[:-1])
        first = np.flatnonzero(differs)
        begins_old = np.flatnonzero(np.append(True, old[1:] != old[:-1]))
        count = np.diff(first)
        place = (
            old[first[:-1]] + first[:-1] - begins_old[np.searchsorted(begins_old, first[:-1], "right") - 1]
        )
        found[alike] = np.repeat(place, count)
        go_on = (count > 1) & (heads[first[:-1]] & np.uint64(255) != 0)
        alike = alike[np.repeat(go_on, count)]
        at += _WIDTH
    return found
