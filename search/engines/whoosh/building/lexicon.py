"""Which terms a field has, in order, and which of them each reading of a word is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Readings, by their numbers in a vocabulary, as terms of a field, by their numbers in the field.

    `stems` and `words` ascend as UTF-8. `stem_of` and `word_of` have one entry a reading: its term, -1 if the
    field does not have the reading. `same_stem` has one entry a word: the stem that stands wherever the
    word stands and nowhere else, because neither has another reading here; -1 where there is none.
    """

    stems: list[bytes]
    words: list[bytes]
    stem_of: NDArray[np.int32]
    word_of: NDArray[np.int32]
    same_stem: NDArray[np.int32]

    @classmethod
    def of(cls, readings: Sequence[tuple[str, str]], numbers: NDArray[np.int32]) -> Lexicon:
        """The lexicon of a field that has these numbers; `readings` are all of the vocabulary."""
        used = np.flatnonzero(np.bincount(numbers, minlength=len(readings)))
        met = [readings[number] for number in used.tolist()]
        words, word_of = _ranked([word for word, _ in met])
        stems, stem_of = _ranked([stem for _, stem in met])
        alone = (np.bincount(word_of, minlength=len(words)) == 1)[word_of]
        alone &= (np.bincount(stem_of, minlength=len(stems)) == 1)[stem_of]
        same_stem = np.full(len(words), -1, np.int32)
        same_stem[word_of[alone]] = stem_of[alone]
        return cls(
            stems=_encoded(stems),
            words=_encoded(words),
            stem_of=_spread(stem_of, used, len(readings)),
            word_of=_spread(word_of, used, len(readings)),
            same_stem=same_stem,
        )


def _ranked(strings: Sequence[str]) -> tuple[list[str], NDArray[np.int32]]:
    """The distinct strings in order, which by code points is that of their UTF-8, and the place of each."""
    ordered = sorted(set(strings))
    place = {string: number for number, string in enumerate(ordered)}
    return ordered, np.fromiter(map(place.__getitem__, strings), np.int32, len(strings))


def _encoded(strings: Iterable[str]) -> list[bytes]:
    return [string.encode("utf-8", "surrogatepass") for string in strings]


def _spread(terms: NDArray[np.int32], readings: NDArray[np.int64], count: int) -> NDArray[np.int32]:
    spread = np.full(count, -1, np.int32)
    spread[readings] = terms
    return spread
