"""Ascending numbers in few bits, of which all or some are read at once: Elias-Fano codes and bitmaps.

A list is `count` distinct ascending numbers below its `universe`. Both are known from elsewhere, and
they alone say how the list is written, and in how many bytes:

- where it has at least every sixth number: one bit for each number of the universe;
- else the Elias-Fano code. The low bits of each number lie in arrays of their own. For what is left of the
  i-th number, its high part, bit `high + i` of a bitmap is set: two or three bits for each number. In all
  that is about half a bit a number more than the least that any code takes for a random list.

The number of low bits is even, so that they are read without shifting each number by an amount of its own:
as whole bytes, then four bits, then two, each in a "plane". A list lies as its bitmap, then its planes.

To read the i-th number takes none of those before it: where it lies between `a` and `b`, its bit is between
`(a >> low) + i` and `(b >> low) + i`. So there are no skip lists beside the very long lists.

Sources: P. Elias, Efficient storage and retrieval by content and address of static files, JACM 21 (1974);
R. M. Fano, On the number of bits required to implement an associative memory, MIT (1971); S. Vigna,
Quasi-succinct indices, WSDM (2013).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.spans import edges, spans

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]
Size = TypeVar("Size", int, Ints)

_LIMITS: Final = (5, *((8 << low) // 3 for low in range(2, 32, 2)))
"""Up to which average gap a list has so many pairs of low bits: up to the first one none, as a bitmap.

Two more low bits quarter the high part: a gain from an average gap of 8/3 times `1 << low` on.
"""
_BATCH: Final = 1 << 17
"""Numbers that are encoded or decoded at once, unless one list has more: a few MB of memory."""

_BYTES: Final = np.arange(256)
_UNPACKED: Final[dict[int, NDArray[Any]]] = {
    4: np.stack([_BYTES >> at & 15 for at in (0, 4)], axis=1).astype(np.uint8).view(np.uint16).ravel(),
    2: np.stack([_BYTES >> at & 3 for at in (0, 2, 4, 6)], axis=1).astype(np.uint8).view(np.uint32).ravel(),
}
"""What each byte of a plane of so many bits holds, as the bytes of one wider number."""


def sizes(counts: Ints, universes: Ints) -> Numbers:
    """How many bytes each list takes."""
    lows, found = _low_bits(counts, universes), np.zeros(len(counts), np.int64)
    for low in np.unique(lows).tolist():
        chosen = np.flatnonzero(lows == low)
        found[chosen] = _bitmap_size(counts[chosen], universes[chosen], low)
        for _, width in _planes(low):
            found[chosen] += _plane_size(counts[chosen], width)
    found[counts == 0] = 0
    return found


def size(count: int, universe: int) -> int:
    """How many bytes one list takes."""
    if count == 0:
        return 0
    low = 2 * bisect_left(_LIMITS, universe // count)
    return _bitmap_size(count, universe, low) + sum(_plane_size(count, width) for _, width in _planes(low))


def encode(values: Ints, counts: Ints, universes: Ints, starts: Ints, out: Bytes) -> None:
    """Write lists, given one after the other, into an array of zeros, each from its start."""
    bounds, lows = edges(counts), _low_bits(counts, universes)
    for low, lists in _batches(lows, counts):
        numbers = values[spans(bounds[lists], counts[lists])].astype(np.int64)
        _encode(numbers, counts[lists], universes[lists], starts[lists], low=low, out=out)


def decode(data: Bytes, count: int, universe: int) -> Numbers:
    """The list that these bytes hold; raises `ValueError` where they hold none of this kind."""
    if count == 0:
        return np.zeros(0, np.int64)
    low = 2 * bisect_left(_LIMITS, universe // count)
    bitmap = _bitmap_size(count, universe, low)
    values = np.unpackbits(data[:bitmap], bitorder="little").view(np.bool_).nonzero()[0]
    if len(values) != count:
        raise ValueError(f"a list of {count:,} numbers has {len(values):,}")
    if low:
        values -= np.arange(count)
        values <<= low
        for shift, width, plane in _planes_of(data[bitmap:], count, low):
            bits = _UNPACKED[width].take(plane).view(np.uint8)[:count] if width < 8 else plane
            values |= bits.astype(np.int64) << shift if shift else bits
        if (values[1:] <= values[:-1]).any():
            raise ValueError("a list of numbers does not ascend")
    if values[-1] >= universe:
        raise ValueError(f"a list of numbers below {universe:,} has {values[-1]:,}")
    return values


def decode_lists(data: Bytes, starts: Ints, counts: Ints, universes: Ints) -> Numbers:
    """Many lists at once, one after the other; raises `ValueError` where these bytes do not hold them.

    For many short lists it is far quicker than to decode each.
    """
    bounds, lows = edges(counts), _low_bits(counts, universes)
    values = np.zeros(bounds[-1], np.int64)
    for low, lists in _batches(lows, counts):
        found = _decode(data, starts[lists], counts[lists], universes[lists], low)
        values[spans(bounds[lists], counts[lists])] = found
    ends = bounds[1:][counts > 0]
    ascend = np.diff(values, prepend=-1) > 0
    ascend[bounds[:-1][counts > 0]] = True
    if not ascend.all() or (values[ends - 1] >= universes[counts > 0]).any():
        raise ValueError("a list of numbers does not ascend")
    return values


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of a list: part `p` is `counts[p]` numbers, at least one, from the `firsts[p]`-th on.

    They are all of the list's numbers from `least[p]` up that are below `ends[p]`.
    """

    firsts: Numbers
    counts: Numbers
    least: Numbers
    ends: Numbers


def decode_parts(data: Bytes, count: int, universe: int, parts: Parts) -> Numbers:
    """The numbers in some parts of a list, read without the others.

    Raises `ValueError` where the list has no such parts.
    """
    firsts, counts, least, ends = parts.firsts, parts.counts, parts.least, parts.ends
    low = 2 * bisect_left(_LIMITS, universe // count)
    bitmap = _bitmap_size(count, universe, low)
    if low:
        chosen = spans(firsts, counts)
        places = _set_bits(data[:bitmap], (least >> low) + firsts, ((ends - 1) >> low) + firsts + counts)
    else:
        places = _set_bits(data[:bitmap], least, ends)
    if len(places) != counts.sum():
        raise ValueError("a list has not the numbers it is said to have")
    values = places
    if low:
        values = (places - chosen) << low
        for shift, width, plane in _planes_of(data[bitmap:], count, low):
            each = 8 // width
            bits = plane[chosen // each] >> (chosen % each * width) & ((1 << width) - 1)
            values |= bits << shift
    if (values < np.repeat(least, counts)).any() or (values >= np.repeat(ends, counts)).any():
        raise ValueError("a list has numbers where it is said to have none")
    return values


def _batches(lows: Ints, counts: Ints) -> Iterator[tuple[int, Numbers]]:
    """Lists that have the same number of low bits and not too many numbers, to work on at once."""
    for low in np.unique(lows[counts > 0]).tolist():
        chosen = np.flatnonzero((lows == low) & (counts > 0))
        batches = np.flatnonzero(np.diff(edges(counts[chosen])[:-1] // _BATCH))
        for lists in np.split(chosen, batches + 1):
            yield low, lists


def _decode(data: Bytes, starts: Ints, counts: Ints, universes: Ints, low: int) -> Numbers:
    """Lists that have the same number of low bits."""
    wide = _bitmap_size(counts, universes, low)
    bitmaps = edges(wide)
    bits = np.unpackbits(data[spans(starts, wide)], bitorder="little")
    values = np.flatnonzero(bits.view(np.bool_))
    if (np.diff(np.searchsorted(values, bitmaps << 3)) != counts).any():
        raise ValueError("a list has more or fewer numbers than it is said to have")
    values -= np.repeat(bitmaps[:-1] << 3, counts)
    if low:
        index = spans(np.zeros(len(counts), np.int64), counts)
        values = (values - index) << low
        start = starts + wide
        for shift, width in _planes(low):
            each = 8 // width
            pieces = data[np.repeat(start, counts) + index // each] >> (index % each * width)
            values |= (pieces & ((1 << width) - 1)) << shift
            start = start + _plane_size(counts, width)
    return values


def _set_bits(bitmap: Bytes, begin: Numbers, end: Numbers) -> Numbers:
    """The places of the bits that are set in some stretches of a bitmap, stretch by stretch."""
    first, last = begin >> 3, (end + 7) >> 3
    if not len(last) or last.max() > len(bitmap):
        raise ValueError("a list ends too early")
    wide = last - first
    bits = np.unpackbits(bitmap[spans(first, wide)], bitorder="little")
    found = np.flatnonzero(bits.view(np.bool_))
    stretch = np.repeat(np.arange(len(wide)), wide)[found >> 3]
    found += ((first - edges(wide)[:-1]) << 3)[stretch]
    inside: Numbers = found[(found >= begin[stretch]) & (found < end[stretch])]
    return inside


def _encode(values: Numbers, counts: Ints, universes: Ints, starts: Ints, *, low: int, out: Bytes) -> None:
    """Write lists that have the same number of low bits."""
    wide, index = _bitmap_size(counts, universes, low), spans(np.zeros(len(counts), np.int64), counts)
    places = (values >> low) + np.repeat(edges(wide)[:-1] << 3, counts)
    if low:
        places += index
    bits = np.zeros(int(wide.sum()) << 3, np.bool_)
    bits[places] = True
    out[spans(starts, wide)] = np.packbits(bits, bitorder="little")
    start = starts + wide
    for shift, width in _planes(low):
        each, size = 8 // width, _plane_size(counts, width)
        pieces = np.zeros((int(size.sum()), each), np.uint8)
        pieces.ravel()[index + np.repeat(edges(size)[:-1] * each, counts)] = (
            values >> shift & (1 << width) - 1
        )
        for place in range(1, each):
            pieces[:, 0] |= pieces[:, place] << place * width
        out[spans(start, size)] = pieces[:, 0]
        start = start + size


def _low_bits(counts: Ints, universes: Ints) -> Numbers:
    return 2 * np.searchsorted(_LIMITS, universes // np.maximum(counts, 1))


def _planes(low: int) -> Iterator[tuple[int, int]]:
    """How the low bits are cut: by how much each plane is shifted, and how wide it is."""
    shift = 0
    for width in (8, 4, 2):
        while low - shift >= width:
            yield shift, width
            shift += width


def _planes_of(data: Bytes, count: int, low: int) -> Iterator[tuple[int, int, Bytes]]:
    end = 0
    for shift, width in _planes(low):
        start, end = end, end + _plane_size(count, width)
        if end > len(data):
            raise ValueError("a list ends too early")
        yield shift, width, data[start:end]


def _bitmap_size(count: Size, universe: Size, low: int) -> Size:
    """How many bytes the bitmap takes; of one list, or of each of several."""
    return (((universe - 1) >> low) + 1 + (count if low else 0) + 7) >> 3


def _plane_size(count: Size, width: int) -> Size:
    return (count * width + 7) >> 3
