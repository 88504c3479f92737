"""Numbers for the chunks that white space divides texts into: equal chunks have equal numbers.

To make a string of every word of a text and look it up in a dictionary takes most of the time of indexing,
and most chunks are short and were met before. So chunks of up to sixteen bytes are compared as two numbers
of 64 bits, all those of a text at once, in a hash table of arrays: `ShortStrings`. Strings are made of what
is new only, and of longer chunks, which are looked up in a dictionary. Marks before and after words would
make many chunks of one word, so they are cut off before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.text.short_strings import LONGEST, WIDTH, ShortStrings

Numbers = NDArray[np.int32]

_SPACES: Final = np.isin(np.arange(256), list(b"\t\n\v\f\r "))
"""The white space that chunks are divided at. Any other may stand within a chunk: it is in no word either."""

_MARKS: Final = np.isin(np.arange(256), list(b"!\"$%&'()*,-./:;<=>?@[\\]^`{|}~"))
"""What no word begins or ends with. `#` and `+` are part of some, and `_` is a letter here."""

_OF_A_LONG_ONE: Final = 140
"""Bytes that a long chunk takes besides its characters."""

_MASKS: Final = np.array([(1 << 8 * length) - 1 for length in range(WIDTH + 1)], np.uint64)
"""For so many bytes of a number of 64 bits."""


class ChunkNumbers:
    """Numbers chunks in the order in which they are first met, from 0."""

    def __init__(self) -> None:
        self._short = ShortStrings()
        self._long: dict[bytes, int] = {}
        self._of_long = 0
        self._new: list[bytes] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def size(self) -> int:
        """Bytes, about, that all of it takes."""
        return self._short.size + self._of_long

    def new(self) -> list[str]:
        """The chunks that were numbered since this was asked last, in order."""
        chunks, self._new = self._new, []
        return b"\n".join(chunks).decode("utf-8", "surrogatepass").split("\n") if chunks else []

    def of(self, text: str) -> tuple[Numbers, NDArray[np.int64]]:
        """The number of each chunk of a text, and at which byte of its UTF-8 the chunk begins.

        Letters of ASCII are taken as lower case, and a mark at either end is left out: no term depends on it.
        """
        raw = b" %b %b" % (text.encode("utf-8", "surrogatepass").lower(), b" " * LONGEST)
        letters = np.frombuffer(raw, np.uint8)
        space = _SPACES[letters]
        edges = np.flatnonzero(space[1:] != space[:-1]) + 1
        begins, ends = edges[0::2], edges[1::2] - _MARKS[letters[edges[1::2] - 1]]
        starts = np.minimum(begins + _MARKS[letters[begins]], ends)
        lengths = ends - starts
        # A chunk with a zero byte could be taken for a shorter one.
        short = (lengths <= LONGEST) & (b"\0" not in raw)
        numbers = np.empty(len(starts), np.int32)
        for places, find in (
            (np.flatnonzero(short), self._find_short),
            (np.flatnonzero(~short), self._find_long),
        ):
            numbers[places] = find(raw, starts[places], lengths[places])
        return numbers, begins - 1

    def _find_short(self, raw: bytes, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Numbers:
        windows = np.ndarray((len(raw) - WIDTH + 1,), np.dtype("<u8"), raw, strides=(1,))
        first = windows[starts] & _MASKS[np.minimum(lengths, WIDTH)]
        second = windows[starts + WIDTH] & _MASKS[np.maximum(lengths - WIDTH, 0)]
        numbers, new = self._short.numbers(first, second, self._count)
        self._add(_slices(raw, starts[new], lengths[new]))
        return numbers

    def _find_long(self, raw: bytes, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Numbers:
        chunks = _slices(raw, starts, lengths)
        new = [chunk for chunk in dict.fromkeys(chunks) if chunk not in self._long]
        self._long.update(zip(new, range(self._count, self._count + len(new)), strict=True))
        self._of_long += _OF_A_LONG_ONE * len(new) + sum(map(len, new))
        self._add(new)
        return np.fromiter(map(self._long.__getitem__, chunks), np.int32, len(chunks))

    def _add(self, new: Sequence[bytes]) -> None:
        self._count += len(new)
        self._new += new


def _slices(raw: bytes, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> list[bytes]:
    ends = (starts + lengths).tolist()
    return [raw[start:end] for start, end in zip(starts.tolist(), ends, strict=True)]
