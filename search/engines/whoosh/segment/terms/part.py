"""The terms of a field that shares its dictionary with another: words and their stems are mostly the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.spans import edges
from search.engines.whoosh.segment.terms.dictionary import Dictionary

_STRIDE: Final = 512
"""How many bits share a count of those that are set before them."""


class Part:
    """Some terms of a dictionary, numbered anew: a bit for each of the dictionary's, set for those.

    A term's number is how many bits are set before its own, its rank (G. Jacobson, Space-efficient static
    trees and graphs, FOCS 1989). Raises `ValueError` where it is damaged.
    """

    def __init__(self, dictionary: Dictionary, bits: NDArray[np.uint8], before: Ints, count: int) -> None:
        self._dictionary = dictionary
        self._bits = bits
        self._before = before
        self._count = count

    @classmethod
    def of(cls, dictionary: Dictionary, every: Sequence[bytes], terms: Sequence[bytes]) -> Self:
        """Those terms of the dictionary, which are among `every` term that it has."""
        has = np.zeros(-(-len(every) // _STRIDE) * _STRIDE, np.bool_)
        has[_places(every, terms)] = True
        before = edges(np.count_nonzero(has.reshape(-1, _STRIDE), axis=1))
        return cls(dictionary, np.packbits(has, bitorder="little"), smallest(before), len(terms))

    @classmethod
    def read(cls, file: ArrayFile, name: str, dictionary: Dictionary) -> Self:
        """The part of a dictionary that was written under this name."""
        strides = -(-len(dictionary) // _STRIDE)
        bits = file.array(f"{name}.bits", "u", count=strides * _STRIDE // 8)
        before = file.array(f"{name}.before", "u", count=strides + 1)
        return cls(dictionary, bits, before, file.fact(f"{name}.count"))

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What `read` reads, to be written into a file beside the number of terms."""
        return {f"{name}.bits": self._bits, f"{name}.before": self._before}

    def __len__(self) -> int:
        return self._count

    def find(self, term: bytes) -> int:
        """The number of a term, or -1."""
        place = self._dictionary.find(term)
        return self._rank(place) if place >= 0 and self._bits.item(place >> 3) >> (place & 7) & 1 else -1

    def first_from(self, term: bytes) -> int:
        """The number of the first term that does not sort before this one."""
        return self._rank(self._dictionary.first_from(term))

    def terms(self, numbers: range) -> list[bytes]:
        """The terms of these consecutive numbers."""
        if not numbers:
            return []
        first, last = self._place(numbers.start), self._place(numbers.stop - 1) + 1
        bits = np.unpackbits(self._bits[first >> 3 : (last + 7) >> 3], bitorder="little")
        chosen = bits[first & 7 : (first & 7) + last - first]
        found = list(compress(self._dictionary.terms(range(first, last)), chosen.tolist()))
        if len(found) != len(numbers):
            raise ValueError("a dictionary has not the terms it is said to have")
        return found

    def _rank(self, place: int) -> int:
        """How many bits are set before a place."""
        stride = place // _STRIDE
        first = stride * _STRIDE
        bits = int.from_bytes(self._bits[first >> 3 : (place + 7) >> 3].tobytes(), "little")
        rank: int = self._before.item(stride) + (bits & ((1 << (place - first)) - 1)).bit_count()
        if rank > self._count:
            raise ValueError("a dictionary has more terms than it is said to have")
        return rank

    def _place(self, number: int) -> int:
        """Where the bit is that has so many set ones before it."""
        stride = int(np.searchsorted(self._before, number, "right")) - 1
        bits = self._bits[stride * _STRIDE >> 3 : (stride + 1) * _STRIDE >> 3]
        places = np.flatnonzero(np.unpackbits(bits, bitorder="little"))
        rank = number - self._before.item(stride)
        if not 0 <= rank < len(places):
            raise ValueError("a dictionary has not the terms it is said to have")
        return stride * _STRIDE + places.item(rank)


def _places(every: Sequence[bytes], terms: Sequence[bytes]) -> list[int]:
    """Where terms are among others, one pass over both: they ascend, and are all there."""
    coming = enumerate(every)
    return [next(place for place, other in coming if other == term) for term in terms]
