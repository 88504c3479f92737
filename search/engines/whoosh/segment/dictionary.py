"""A sorted dictionary of terms that is searched where it lies.

Terms lie in blocks of 16, one after the other. Of each is written only what differs from the one before it in
its block (front coding; see Witten, Moffat and Bell, Managing Gigabytes, 4.1):

    1 byte        four bits: how many bytes it begins with like the term before; four bits: how many follow
    2 or 4 bytes  either number, little-endian, where it is 15 or more and the four bits say 15
    bytes         that follow

A block begins with a whole term, so a search bisects the blocks' first terms, and then reads one block.
Nothing is read when a dictionary is opened.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.spans import edges, spans

_BLOCK: Final = 16
_MORE: Final = 15
_LONGEST: Final = 65_535


class Dictionary:
    """The terms of a field, numbered in ascending order. Raises `ValueError` where they are damaged."""

    def __init__(self, count: int, text: NDArray[np.uint8], starts: NDArray[np.unsignedinteger[Any]]) -> None:
        self._count = count
        self._text = text
        self._starts = starts
        self._first_terms = _FirstTerms(self)

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> Self:
        """Write distinct ascending terms; raises `ValueError` for one of more than 65,535 bytes."""
        lengths = np.fromiter(map(len, terms), np.int64, len(terms))
        if lengths.max(initial=0) > _LONGEST:
            raise ValueError(f"a term has {lengths.max():,} bytes")
        text = np.frombuffer(b"".join(terms), np.uint8)
        shared = _shared(text, lengths)
        code, starts = _front_coded(text, lengths, shared)
        return cls(len(terms), code, starts.astype(np.min_scalar_type(len(code))))

    @classmethod
    def read(cls, file: ArrayFile, name: str) -> Self:
        """The dictionary that `arrays` named so, in a file whose facts say how many terms it has."""
        count = file.fact(f"{name}.terms")
        starts = file.array(f"{name}.blocks", "u", count=(count + _BLOCK - 1) // _BLOCK + 1)
        return cls(count, file.array(f"{name}.text", "u"), starts)

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What `read` reads, to be written into a file."""
        return {f"{name}.text": self._text, f"{name}.blocks": self._starts}

    def __len__(self) -> int:
        return self._count

    def first_from(self, term: bytes) -> int:
        """The number of the first term that does not sort before this one."""
        block = bisect_left(self._first_terms, term)
        if block == 0:
            return 0
        return (block - 1) * _BLOCK + bisect_left(self.block(block - 1), term)

    def find(self, term: bytes) -> int:
        """The number of a term, or -1."""
        block = bisect_left(self._first_terms, term)
        if block < len(self._first_terms) and self._first_terms[block] == term:
            return block * _BLOCK
        terms = self.block(block - 1) if block else []
        place = bisect_left(terms, term)
        return (block - 1) * _BLOCK + place if place < len(terms) and terms[place] == term else -1

    def terms(self, numbers: range) -> list[bytes]:
        """The terms of these consecutive numbers."""
        if not numbers:
            return []
        found: list[bytes] = []
        first = numbers.start // _BLOCK
        for block in range(first, (numbers.stop - 1) // _BLOCK + 1):
            found += self.block(block)
        return found[numbers.start - first * _BLOCK : numbers.stop - first * _BLOCK]

    def block(self, number: int) -> list[bytes]:
        """The terms of one block."""
        data = self._text[self._starts.item(number) : self._starts.item(number + 1)].tobytes()
        found, term, at = [], b"", 0
        try:
            for _ in range(min(_BLOCK, self._count - number * _BLOCK)):
                shared, length = data[at] >> 4, data[at] & 15
                at += 1
                if shared == _MORE:
                    shared, at = data[at] | data[at + 1] << 8, at + 2
                if length == _MORE:
                    length, at = data[at] | data[at + 1] << 8, at + 2
                term = term[:shared] + data[at : at + length]
                at += length
                found.append(term)
        except IndexError:
            at = -1
        if at != len(data):
            raise ValueError("a block of terms is damaged")
        return found

    def first_term(self, block: int) -> bytes:
        """The first term of a block, which shares nothing with another."""
        start = self._starts.item(block)
        length = self._text.item(start)
        start += 1
        if length == _MORE:
            length, start = self._text.item(start) | self._text.item(start + 1) << 8, start + 2
        return self._text[start : start + length].tobytes()


class _FirstTerms(Sequence[bytes]):
    """The first terms of all blocks, to bisect."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary

    def __len__(self) -> int:
        return (len(self._dictionary) + _BLOCK - 1) // _BLOCK

    def __getitem__(self, block: Any) -> Any:
        try:
            return self._dictionary.first_term(block)
        except IndexError as error:
            raise ValueError("a block of terms is damaged") from error


def _shared(text: NDArray[np.uint8], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many bytes each term has in common with the one before, in its block; none if it is the first."""
    starts = edges(lengths)
    shared = np.zeros(len(lengths), np.int64)
    common = np.minimum(lengths[1:], lengths[:-1])
    alike = np.flatnonzero((np.arange(1, len(lengths)) % _BLOCK != 0) & (common > 0)) + 1
    at = 0
    while len(alike):
        alike = alike[text[starts[alike] + at] == text[starts[alike - 1] + at]]
        at += 1
        shared[alike] = at
        alike = alike[common[alike - 1] > at]
    return shared


def _front_coded(
    text: NDArray[np.uint8], lengths: NDArray[np.int64], shared: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The blocks' bytes, and where each begins and the last one ends."""
    follow = lengths - shared
    more_shared, more_follow = shared >= _MORE, follow >= _MORE
    heads = 1 + 2 * more_shared + 2 * more_follow
    starts = edges(heads + follow)
    code = np.zeros(starts[-1], np.uint8)
    code[starts[:-1]] = np.minimum(shared, _MORE) << 4 | np.minimum(follow, _MORE)
    for number, more, before in ((shared, more_shared, 0 * heads), (follow, more_follow, 2 * more_shared)):
        place = (starts[:-1] + 1 + before)[more]
        code[place], code[place + 1] = number[more] & 255, number[more] >> 8
    code[spans(starts[:-1] + heads, follow)] = text[spans(edges(lengths)[:-1] + shared, follow)]
    return code, np.append(starts[:-1:_BLOCK], starts[-1])
