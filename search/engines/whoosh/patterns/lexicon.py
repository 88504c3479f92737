"""All words of one field of one segment, laid out so that a pattern is compared with them quickly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.patterns.spellings import Spellings
from search.engines.whoosh.patterns.vocabulary import Vocabulary
from search.engines.whoosh.segment.spans import spans

_AT_ONCE: Final = 1 << 16
"""Words that are read together, so that there are never many Python objects."""


_A_FEW: Final = 1_024
"""Words that are looked at closely together, as after the first ones there may be enough."""


class Lexicon:
    """The words of a vocabulary in order, in memory: a line feed, then each word and a line feed.

    15 bytes a word beside its UTF-8. Lengths and sets of letters leave few words to be looked at closely.
    """

    def __init__(
        self,
        text: bytes,
        starts: NDArray[np.uint32],
        lengths: NDArray[np.uint16],
        letters: NDArray[np.uint64],
    ) -> None:
        self._text = text
        self._starts = starts
        self._lengths = lengths
        self._letters = letters

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Self:
        """Read a vocabulary; raises `ValueError` where it has words with a line feed in them."""
        lines, lengths, letters = [b"\n"], [np.zeros(0, np.uint16)], [np.zeros(0, np.uint64)]
        for first in range(0, len(vocabulary), _AT_ONCE):
            terms = vocabulary.terms(range(first, min(first + _AT_ONCE, len(vocabulary))))
            lines.append(b"\n".join([*terms, b""]))
            spellings = Spellings.of(lines[-1])
            if len(spellings.lengths) != len(terms):
                raise ValueError("a vocabulary has words of several lines")
            lengths.append(np.minimum(spellings.lengths, np.iinfo(np.uint16).max).astype(np.uint16))
            letters.append(spellings.letters())
        text = b"".join(lines)
        starts = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n")).astype(np.uint32) + np.uint32(1)
        return cls(text, starts, np.concatenate(lengths), np.concatenate(letters))

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it takes."""
        return len(self._text) + self._starts.nbytes + self._lengths.nbytes + self._letters.nbytes

    def words(self, numbers: Ints) -> list[bytes]:
        """The words of these numbers."""
        return self._lines(numbers).split(b"\n")[:-1]

    def some_by_some(self, numbers: Ints) -> Iterator[tuple[list[int], list[bytes]]]:
        """The words of these numbers in parts, each with its numbers."""
        for first in range(0, len(numbers), _A_FEW):
            some = numbers[first : first + _A_FEW]
            yield some.tolist(), self.words(some)

    def near(self, word: str, distance: int) -> Ints:
        """Those words that are within so many edits of `word`, ascending, among some that are not.

        An edit changes the length by one at most, and at most two of the letters there are.
        """
        close = (self._lengths + distance >= len(word)) & (self._lengths <= len(word) + distance)
        numbers = np.flatnonzero(close)
        differing = self._letters[numbers] ^ Spellings.of(f"{word}\n".encode("utf-8", "replace")).letters()
        for _ in range(2 * distance):
            differing &= differing - np.uint64(1)  # which takes one letter out, if there is any
        near: Ints = numbers[differing == 0]
        return near

    def within(self, word: str, distance: int, numbers: Ints) -> Ints:
        """Those of these words that are at most so many edits away from `word`."""
        return numbers[Spellings.of(self._lines(numbers)).within(word, distance)]

    def like(self, pattern: str, numbers: range) -> Ints:
        """Those of these words that match a wildcard, ascending, among some that do not.

        All of them have its letters and, if it has no star, its length.
        """
        letters = re.sub(r"[*?]", "", pattern)
        wanted = Spellings.of(f"{letters}\n".encode("utf-8", "replace")).letters()
        fitting = (self._letters[numbers.start : numbers.stop] & wanted) == wanted
        lengths, least = self._lengths[numbers.start : numbers.stop], len(pattern) - pattern.count("*")
        fitting &= lengths >= least if "*" in pattern else lengths == least
        like: Ints = numbers.start + np.flatnonzero(fitting)
        return like

    def _lines(self, numbers: Ints) -> bytes:
        """These words, each with its line feed."""
        counts = self._starts[numbers + 1] - self._starts[numbers]
        return np.frombuffer(self._text, np.uint8)[spans(self._starts[numbers], counts)].tobytes()
