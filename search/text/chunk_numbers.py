"""Numbers for the chunks that white space divides texts into: equal chunks have equal numbers.

A dictionary says which number a chunk has. But to make a string of every word of a text and look it up
takes most of the time of indexing, and most chunks are short and one of few. So a table of arrays stands
before it: chunks of up to sixteen bytes are compared as two numbers of 64 bits, all those of a text at once.
Its slots are taken by whichever chunk comes first, which mostly is the most frequent one; chunks without a
slot, and long ones, are looked up in the dictionary.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import count, islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]

_SPACES: Final = np.isin(np.arange(256), list(b"\t\n\v\f\r "))
"""The white space that chunks are divided at. Any other may stand within a chunk: it is in no word either."""

_BITS: Final = 18
"""The table has two to the power of so many slots: some 5 MB."""

_WIDTH: Final = 8
_LONGEST: Final = 2 * _WIDTH
_MASKS: Final = np.array([(1 << 8 * length) - 1 for length in range(_WIDTH + 1)], np.uint64)
"""For so many bytes of a number of 64 bits."""

_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
"""2⁶⁴ divided by the golden ratio: Knuth's multiplicative hashing (The Art of Computer Programming, 6.4)."""


class ChunkNumbers:
    """Numbers chunks in the order in which they are first met, from 0."""

    def __init__(self) -> None:
        self._numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
        self._first = np.zeros(1 << _BITS, np.uint64)
        self._second = np.zeros(1 << _BITS, np.uint64)
        self._number = np.zeros(1 << _BITS, np.int32)

    def __len__(self) -> int:
        return len(self._numbers)

    def last(self, many: int) -> list[str]:
        """The chunks of the highest numbers, in order."""
        chunks = list(islice(reversed(self._numbers), many))[::-1]
        return b"\n".join(chunks).decode("utf-8", "surrogatepass").split("\n") if chunks else []

    def of(self, text: str) -> tuple[Numbers, NDArray[np.int64]]:
        """The number of each chunk of a text, and at which byte of its UTF-8 the chunk begins.

        Letters of ASCII are taken as lower case, which no term depends on.
        """
        raw = b" %b %b" % (text.encode("utf-8", "surrogatepass").lower(), b" " * _LONGEST)
        space = _SPACES[np.frombuffer(raw, np.uint8)]
        edges = np.flatnonzero(space[1:] != space[:-1]) + 1
        starts, ends = edges[0::2], edges[1::2]
        first, second, short = _as_numbers(raw, starts, ends - starts)
        slots = (((first ^ (second * _SPREAD)) * _SPREAD) >> np.uint64(64 - _BITS)).astype(np.int64)
        known = short & (self._first[slots] == first) & (self._second[slots] == second)
        numbers = self._number[slots]
        others = np.flatnonzero(~known)
        if len(others):
            strings = [raw[a:b] for a, b in zip(starts[others].tolist(), ends[others].tolist(), strict=True)]
            numbers[others] = np.fromiter(map(self._numbers.__getitem__, strings), np.int32, len(strings))
            candidates = others[short[others] & (self._first[slots[others]] == 0)]
            taken, which = np.unique(slots[candidates], return_index=True)
            chosen = candidates[which]
            self._first[taken], self._second[taken] = first[chosen], second[chosen]
            self._number[taken] = numbers[chosen]
        return numbers, starts - 1


def _as_numbers(
    raw: bytes, starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.bool_]]:
    """The first and the next eight bytes of each chunk, and for which chunks they say everything."""
    windows = np.ndarray((len(raw) - _WIDTH + 1,), np.dtype("<u8"), raw, strides=(1,))
    first = windows[starts] & _MASKS[np.minimum(lengths, _WIDTH)]
    second = windows[starts + _WIDTH] & _MASKS[np.clip(lengths - _WIDTH, 0, _WIDTH)]
    # A chunk with a zero byte could be taken for a shorter one.
    return first, second, (lengths <= _LONGEST) & (b"\0" not in raw)
