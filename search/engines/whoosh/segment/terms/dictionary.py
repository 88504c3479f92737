"""A sorted dictionary of terms that is searched where it lies.

Terms lie one after the other. Of each is written only what differs from the one before it (front coding; see
Witten, Moffat and Bell, Managing Gigabytes, 4.1), and every 16th, with which a block begins, is whole:

    1 byte        four bits: how many bytes it begins with like the term before; four bits: how many follow
    0, 2 bytes    the first number, little-endian, where it is 15 or more and the four bits say 15
    0, 1, 2 bytes the second number, in two bytes where the four bits say 15; in one where they say 14
    bytes         that follow; where the four bits say 14, the number is of hexadecimal digits, two in a byte:
                  archives are full of hashes

A search bisects the blocks' first terms and then reads one block. Opening a dictionary reads none of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import repeat
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.terms.front_coding import BLOCK, DIGITS, MORE, front_coded


class Dictionary:
    """Distinct terms, numbered in ascending order. Raises `ValueError` where they are damaged."""

    def __init__(self, count: int, text: NDArray[np.uint8], starts: Ints) -> None:
        self._count = count
        self._text = text
        self._starts = starts

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> Self:
        """Write distinct ascending terms; raises `ValueError` for one of more than 65,535 bytes."""
        text, starts = front_coded(terms)
        return cls(len(terms), text, smallest(starts))

    @classmethod
    def read(cls, file: ArrayFile, name: str) -> Self:
        """The dictionary that was written under this name."""
        count = file.fact(f"{name}.count")
        starts = file.array(f"{name}.blocks", "u", count=(count + BLOCK - 1) // BLOCK + 1)
        return cls(count, file.array(f"{name}.text", "u"), starts)

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What `read` reads, to be written into a file beside the number of terms."""
        return {f"{name}.text": self._text, f"{name}.blocks": self._starts}

    def __len__(self) -> int:
        return self._count

    def find(self, term: bytes) -> int:
        """The number of a term, or -1."""
        block = self._blocks_to(term) - 1
        terms = self._decode(block, block + 1) if block >= 0 else []
        place = bisect_left(terms, term)
        return block * BLOCK + place if place < len(terms) and terms[place] == term else -1

    def first_from(self, term: bytes) -> int:
        """The number of the first term that does not sort before this one."""
        block = self._blocks_to(term) - 1
        return block * BLOCK + bisect_left(self._decode(block, block + 1), term) if block >= 0 else 0

    def terms(self, numbers: range) -> list[bytes]:
        """The terms of these consecutive numbers."""
        if not numbers:
            return []
        if numbers.stop > self._count:  # which a damaged `Part` may ask for
            raise ValueError("a dictionary has not the terms it is said to have")
        first = numbers.start // BLOCK
        found = self._decode(first, (numbers.stop - 1) // BLOCK + 1)
        return found[numbers.start - first * BLOCK : numbers.stop - first * BLOCK]

    def _blocks_to(self, term: bytes) -> int:
        """How many blocks begin with this term or one before it."""
        text, starts = self._text.data, self._starts
        low, high = 0, len(starts) - 1
        try:
            while low < high:
                middle = (low + high) >> 1
                at = starts.item(middle)
                length = text[at]  # of a first term, which has nothing in common with another
                if length < DIGITS:
                    first = bytes(text[at + 1 : at + 1 + length])
                else:
                    first, _ = _term(text, at + 1, length & 15)
                if first <= term:
                    low = middle + 1
                else:
                    high = middle
        except IndexError as error:
            raise ValueError("a block of terms is damaged") from error
        return low

    def _decode(self, first: int, last: int) -> list[bytes]:
        """The terms of these blocks, the last one left out."""
        data = self._text[self._starts.item(first) : self._starts.item(last)].tobytes()
        found, term, at = [], b"", 0
        try:
            for _ in repeat(None, min(last * BLOCK, self._count) - first * BLOCK):
                head = data[at]
                at += 1
                shared, length = head >> 4, head & 15
                if shared == MORE:
                    shared, at = data[at] | data[at + 1] << 8, at + 2
                if length < DIGITS:
                    term = term[:shared] + data[at : at + length]
                    at += length
                else:
                    rest, at = _term(data, at, length)
                    term = term[:shared] + rest
                found.append(term)
        except IndexError:
            at = -1
        if at != len(data):
            raise ValueError("a block of terms is damaged")
        return found


def _term(data: bytes | memoryview, at: int, length: int) -> tuple[bytes, int]:
    """What follows of a term whose first byte says this length, and where it ends."""
    if length == DIGITS:
        end = at + 1 + (data[at] + 1 >> 1)
        return data[at + 1 : end].hex().encode()[: data[at]], end
    if length == MORE:
        length, at = data[at] | data[at + 1] << 8, at + 2
    return bytes(data[at : at + length]), at + length
