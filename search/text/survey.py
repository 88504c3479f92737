"""The promising parts of a text that is full of a query's words: not every occurrence has to be looked at.

What looks like a word is counted with arrays, which says what any passage can be worth at most. Passages are
read in that order, until none that is left can be better than what was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.text.beginnings import INSIDE, Sign
from search.text.passages import LENGTH, REPEATED, Weights
from search.text.phrases import Occurrence
from search.text.reading import Reading

_READ: Final = 24
"""Passages read for each one shown: a word that only looks like one of the query's counts as one before."""

EDGE: Final = 64
"""Characters around a passage that are read with it: what begins there may reach into it."""

Places = NDArray[np.intp]
Codes = NDArray[np.uint8] | NDArray[np.uint32]


def promising(reading: Reading, weights: Weights, most: int) -> list[Occurrence]:
    """The occurrences of a text among which its best passages are, at most so many, in order."""
    survey = _Survey(reading)
    found: set[Occurrence] = set()
    shown = 0
    for _ in range(most):
        best, terms = -1, 0
        worth = survey.worth(weights, shown)
        for _ in range(_READ):
            if not len(worth) or worth[at := int(worth.argmax())] <= best:
                break
            start = survey.leave_out(at, worth)
            inside = reading.occurrences(start - EDGE, start + LENGTH + EDGE)
            found.update(inside)
            there = [occurrence.term for occurrence in inside if start <= occurrence.start < start + LENGTH]
            bits = sum(1 << term for term in set(there))
            true_worth = weights[bits, shown] + min(len(there) - bits.bit_count(), REPEATED)
            if true_worth > best:
                best, terms = true_worth, bits
        shown |= terms
    return sorted(found)


class _Survey:
    """Where a text seems to have terms, and how many of each are in the passage that begins there."""

    def __init__(self, reading: Reading) -> None:
        places = {term: _like(signs or (), reading.bones) for term, signs in reading.signs.items()}
        for term in {phrase.term for phrase in reading.phrases}:
            places[term] = np.array([phrase.start for phrase in reading.phrases if phrase.term == term])
        self._starts = _distinct(places.values(), len(reading.bones))
        ends = self._starts + LENGTH
        self._counts = {
            term: at.searchsorted(ends) - at.searchsorted(self._starts) for term, at in places.items()
        }
        self._free = np.ones(len(self._starts), np.bool_)

    def worth(self, weights: Weights, shown: int) -> NDArray[np.int64]:
        """What each passage is worth at most; -1 for those that were left out."""
        worth = np.zeros(len(self._starts), np.int64)
        together = np.zeros_like(worth)
        distinct = np.zeros_like(worth)
        for term, counts in self._counts.items():
            worth += weights[1 << term, shown] * (counts > 0)
            together += counts
            distinct += counts > 0
        return np.where(self._free, worth + np.minimum(together - distinct, REPEATED), -1)

    def leave_out(self, at: int, worth: NDArray[np.int64]) -> int:
        """Where a passage begins, after leaving it out of what is still to be read, with its like."""
        start = int(self._starts[at])
        like = slice(*self._starts.searchsorted([start - LENGTH // 2, start + LENGTH]))
        self._free[like] = False
        worth[like] = -1
        return start


def _like(signs: Iterable[Sign], bones: str) -> Places:
    """Where a skeleton has letters that look like a word's."""
    codes = _codes(bones)
    return _distinct((_found(sign, codes) for sign in signs), len(bones))


def _distinct(places: Iterable[Places], size: int) -> Places:
    """Each of the places before `size` once, in order: with marks, for sorting takes twenty times as long."""
    marked = np.zeros(size, np.bool_)
    for some in places:
        marked[some] = True
    return marked.nonzero()[0]


def _codes(bones: str) -> Codes:
    if bones.isascii():
        return np.frombuffer(bones.encode("ascii"), np.uint8)
    return np.frombuffer(bones.encode("utf-32-le"), np.uint32)


def _found(sign: Sign, codes: Codes) -> Places:
    last = max(len(codes) - len(sign.letters) + 1, 0)
    here = np.ones(last, np.bool_)
    for offset, letter in enumerate(sign.letters):
        here &= codes[offset : last + offset] == ord(letter)
    found = here.nonzero()[0]
    if sign.in_front:
        before = codes.take(found - 1).astype(np.intp)  # of the first character, any
        inside = _INSIDE_BY_CODE.take(np.minimum(before, len(_INSIDE_BY_CODE) - 1))
        found = found[~inside | (found == 0)]
    return found


_INSIDE_BY_CODE = np.array([chr(code) in INSIDE for code in range(max(map(ord, INSIDE)) + 2)])
