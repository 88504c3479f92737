"""Numbers of any width in bits, written one after the other or wherever they belong, and read in any order.

Bits are counted from the lowest of the first byte. Eight bytes are read to have one number, so `PADDING`
follows the last one.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]

WIDEST: Final = 32
"""Bits that a number has at most."""
PADDING: Final = 8
"""Bytes that follow what is read here."""
_MANY: Final = 4_096
"""From how many numbers on those that follow one another are read in eight columns."""


def pack(numbers: Ints, places: Numbers, size: int) -> Bytes:
    """So many bytes in which each number is written from its bit on; no two may overlap."""
    words = size // 4 + 3
    shifted = numbers.astype(np.uint64) << (places & 31).astype(np.uint64)
    lower, upper = shifted & np.uint64(0xFFFF_FFFF), shifted >> np.uint64(32)
    # As no two overlap, the sums of those in a word are the word, and exact in a float's 53 bits.
    found = np.bincount(places >> 5, lower.astype(np.float64), words)
    found += np.bincount((places >> 5) + 1, upper.astype(np.float64), words)
    return found.astype("<u4").view(np.uint8)[:size]


def unpack(data: Bytes, places: Numbers, width: Ints | int) -> Numbers:
    """The numbers of this width, or of these widths, at these bits; `ValueError` where the data ends."""
    if not len(places):
        return np.zeros(0, np.int64)
    if places.min() < 0 or (places.max() >> 3) > len(data) - PADDING:
        raise ValueError("packed numbers end too early")
    return _read(data, places, width)


def unpack_run(data: Bytes, first: int, count: int, width: int) -> Numbers:
    """So many numbers of one width that follow one another, the first one at this bit."""
    end = first + count * width
    if (end >> 3) > len(data) - PADDING:
        raise ValueError("packed numbers end too early")
    if not width:
        return np.zeros(count, np.int64)
    if count < _MANY:
        return _read(data, np.arange(first, end, width), width)
    rows = count >> 3  # of eight numbers, each a whole number of bytes after the one before it
    found = np.empty((rows + 1, 8), np.int64)
    for column in range(8):
        place = first + column * width
        windows: Numbers = np.ndarray(rows, "<i8", data, place >> 3, (width,))
        np.right_shift(windows, place & 7, out=found[:rows, column])
    found[rows, : count & 7] = _read(data, np.arange(first + 8 * rows * width, end, width), width)
    found[:rows] &= (1 << width) - 1
    return found.ravel()[:count]


def _read(data: Bytes, places: Numbers, width: Ints | int) -> Numbers:
    windows: Numbers = np.ndarray(len(data) - PADDING + 1, "<i8", data, 0, (1,))
    found: Numbers = windows[places >> 3]
    found >>= places & 7
    found &= (1 << width) - 1
    return found


def ones(data: Bytes, first: int, last: int) -> Numbers:
    """Which bits from `first` on are set, counted from there, up to about `last`."""
    bits = np.unpackbits(data[first >> 3 : (last + 7) >> 3], bitorder="little")
    return bits[first & 7 :].view(np.bool_).nonzero()[0]
