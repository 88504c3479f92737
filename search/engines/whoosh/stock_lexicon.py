"""All words of one field, held in memory in order, so that a pattern is compared with them quickly."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import takewhile
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from search.engines.whoosh.arrays import Ints

Bits: TypeAlias = NDArray[np.uint64]


class Lexicon:
    """The distinct words of a field, ascending."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words

    def beginning(self, prefix: str) -> Iterator[str]:
        """The words that begin so, in order."""
        first = bisect_left(self.words, prefix)
        following = (self.words[number] for number in range(first, len(self.words)))
        return takewhile(lambda word: word.startswith(prefix), following)

    def alike(self, word: str, distance: int) -> Iterator[str]:
        """All words within so many edits of `word`, in order, among some that are not.

        An edit changes the length by one at most, and at most two of the letters there are.
        """
        lengths, letters = self._shapes
        near = np.flatnonzero(np.abs(lengths - len(word)) <= distance)
        differing = np.unpackbits((letters[near] ^ _shapes((word,))[1]).view(np.uint8)).reshape(-1, 64)
        return (self.words[number] for number in near[differing.sum(axis=1) <= 2 * distance].tolist())

    @cached_property
    def _shapes(self) -> tuple[Ints, Bits]:
        return _shapes(self.words)


def _shapes(words: Sequence[str]) -> tuple[Ints, Bits]:
    """Of each word, which is not empty, its length and a bit for each of its letters (some share one)."""
    if not words:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    codes = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
    bits = np.left_shift(np.uint64(1), codes.astype(np.uint64) % np.uint64(64))
    starts = np.cumsum(lengths) - lengths
    return lengths, np.bitwise_or.reduceat(bits, starts)


class Lexicons:
    """The lexicons of an index, each read when it is first needed. For many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of_field: dict[str, Lexicon] = {}

    def of(self, field: str, reader: IndexReader) -> Lexicon:
        """The lexicon of a field, read by `reader` where it is not known yet."""
        with self._lock:
            if field not in self._of_field:
                known = field in reader.indexed_field_names()
                words = map(bytes.decode, reader.lexicon(field)) if known else ()
                self._of_field[field] = Lexicon(tuple(filter(None, words)))
            return self._of_field[field]
