"""Which terms a field has, in order, and which of them each reading of a word is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.text.vocabulary import Vocabulary


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
    def of(cls, vocabulary: Vocabulary, numbers: NDArray[np.int32]) -> Lexicon:
        """The lexicon of a field that has these readings of a vocabulary."""
        used = np.flatnonzero(np.bincount(numbers, minlength=len(vocabulary)))
        forms, stems = (each[used] for each in vocabulary.forms_and_stems())
        strings, places = _ranked(vocabulary.strings(), np.concatenate((forms, stems)))
        word_places, word_of = np.unique(places[: len(used)], return_inverse=True)
        stem_places, stem_of = np.unique(places[len(used) :], return_inverse=True)
        alone = (np.bincount(word_of, minlength=len(word_places)) == 1)[word_of]
        alone &= (np.bincount(stem_of, minlength=len(stem_places)) == 1)[stem_of]
        same_stem = np.full(len(word_places), -1, np.int32)
        same_stem[word_of[alone]] = stem_of[alone]
        return cls(
            stems=[strings[place] for place in stem_places.tolist()],
            words=[strings[place] for place in word_places.tolist()],
            stem_of=_spread(stem_of, used, len(vocabulary)),
            word_of=_spread(word_of, used, len(vocabulary)),
            same_stem=same_stem,
        )


def _ranked(strings: Sequence[str], numbers: NDArray[np.int32]) -> tuple[list[bytes], NDArray[np.int64]]:
    """The strings of these numbers as UTF-8, in the order of their code points, and the place of each."""
    used = np.flatnonzero(np.bincount(numbers, minlength=len(strings)))
    met = [strings[number] for number in used.tolist()]
    order = sorted(range(len(met)), key=met.__getitem__)
    place_of = np.zeros(len(strings), np.int64)
    place_of[used[order]] = np.arange(len(met))
    # Made of them all as one text: no term has the end of a line in it.
    encoded = "\n".join([met[number] for number in order]).encode("utf-8", "surrogatepass")
    return encoded.split(b"\n") if met else [], place_of[numbers]


def _spread(terms: NDArray[np.int64], readings: NDArray[np.int64], count: int) -> NDArray[np.int32]:
    spread = np.full(count, -1, np.int32)
    spread[readings] = terms
    return spread
