"""Many words compared with one, all at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints


@dataclass(frozen=True, slots=True)
class Spellings:
    """Words as the code points of their letters.

    Those of word `n` are `codes[starts[n]:starts[n] + lengths[n]]`; after each word follows a line feed.
    """

    codes: NDArray[np.uint32]
    starts: Ints
    lengths: Ints

    @classmethod
    def of(cls, text: bytes) -> Self:
        """The words of UTF-8 in which a line feed follows each of them."""
        codes = np.frombuffer(text.decode("utf-8", "replace").encode("utf-32-le"), np.uint32)
        ends = np.flatnonzero(codes == ord("\n"))
        starts = np.concatenate([np.zeros(1, np.int64), ends[:-1] + 1])[: len(ends)]
        return cls(codes, starts, ends - starts)

    def letters(self) -> NDArray[np.uint64]:
        """The set of each word's letters: a bit for each, which some share, but none of one script's."""
        if not len(self.starts):
            return np.zeros(0, np.uint64)
        # 64 code points after 0 is p, so every second 64 of them are moved by 32.
        places = (self.codes + (self.codes >> 6 << 5)) & 63
        return np.asarray(
            np.bitwise_or.reduceat(np.left_shift(np.uint64(1), places.astype(np.uint64)), self.starts)
        )

    def within(self, word: str, distance: int) -> Bools:
        """Which of them are at most so many edits away from a word; see `distance_within`.

        That function's table is filled in for all words at once, row by row: row `i` holds how many edits
        make the first `i` letters of `word` the first `j` letters of each other one, where `j` differs from
        `i` by at most `distance`. Words that have no such number left take no part in the next rows.
        """
        far = distance + 1
        remaining = np.flatnonzero(np.abs(self.lengths - len(word)) <= distance)
        letters = self._by_place(remaining, distance, len(word) + 2 * distance + 1)
        first = [far] * distance + list(range(far))
        before_last = last = np.repeat(np.array(first, np.uint8)[:, None], len(remaining), axis=1)
        for row, letter in enumerate(word, 1):
            band = letters[row : row + 2 * distance + 1]
            current = last + (band != ord(letter))
            np.minimum(current[:-1], last[1:] + 1, out=current[:-1])
            if row > 1:
                swapped = letters[row - 1 : row + 2 * distance] == ord(letter)
                swapped &= band == ord(word[row - 2])
                np.minimum(current, before_last + 1, out=current, where=swapped)
            for column in range(1, 2 * distance + 1):
                np.minimum(current[column], current[column - 1] + 1, out=current[column])
            np.minimum(current, far, out=current)
            before_last, last = last, current
            alive = last.min(axis=0) < far
            if 2 * np.count_nonzero(alive) < len(alive):
                remaining, letters = remaining[alive], letters[:, alive]
                before_last, last = before_last[:, alive], last[:, alive]
        edits = last[self.lengths[remaining] - len(word) + distance, np.arange(len(remaining))]
        found = np.zeros(len(self.lengths), np.bool_)
        found[remaining[edits < far]] = True
        return found

    def _by_place(self, numbers: Ints, before: int, places: int) -> NDArray[np.uint32]:
        """The first letters of these words, then the second ones, ...; so many zeros and one more before."""
        table = np.zeros((places, len(numbers)), np.uint32)
        starts, lengths = self.starts[numbers], self.lengths[numbers]
        for place in range(int(lengths.max(initial=0))):
            having = np.flatnonzero(lengths > place)
            table[before + 1 + place, having] = self.codes[starts[having] + place]
        return table
