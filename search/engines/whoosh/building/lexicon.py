"""Which terms a field has, in order, and which of them each reading of a word is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.building.byte_order import ranks
from search.engines.whoosh.building.tokens import Tokens
from search.engines.whoosh.segment.spans import edges, spans
from search.text.vocabulary import Vocabulary

_END: Final = b"\n"
"""What a vocabulary writes after each string."""

_AT_ONCE: Final = 1 << 16
"""Strings that are copied together."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Readings, by their numbers in a vocabulary, as terms of a field, by their numbers in the field.

    `stems` and `words` ascend as UTF-8. `stem_of` and `word_of` have one entry a reading: its term, -1 if the
    field does not have the reading. `same_stem` has one entry a word: the stem that stands wherever the
    word stands and nowhere else, because neither has another one here; -1 where there is none.
    """

    stems: list[bytes]
    words: list[bytes]
    stem_of: NDArray[np.int32]
    word_of: NDArray[np.int32]
    same_stem: NDArray[np.int32]

    @classmethod
    def of(cls, vocabulary: Vocabulary, tokens: Tokens) -> Lexicon:
        """The lexicon of a field whose tokens are these readings of a vocabulary."""
        used = np.flatnonzero(tokens.counts(len(vocabulary)))
        (words, word_of), (all_stems, stem_of) = (_terms(text, used) for text in vocabulary.forms_and_stems())
        return cls(
            stems=all_stems,
            words=words,
            stem_of=_spread(stem_of, used, len(vocabulary)),
            word_of=_spread(word_of, used, len(vocabulary)),
            same_stem=_same_stem(word_of, stem_of, len(words)),
        )


def _terms(text: bytes, used: NDArray[np.int64]) -> tuple[list[bytes], NDArray[np.int64]]:
    """The distinct ones of the strings that are used, in order, and the number among them of each."""
    letters = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero(letters == _END[0])
    starts = np.append(0, ends + 1)[used]
    lengths = ends[used] - starts
    rank = ranks(text, starts, lengths)
    one_of = np.full(int(rank.max(initial=-1)) + 1, -1, np.int64)
    one_of[rank] = np.arange(len(rank))
    there = one_of >= 0
    chosen = one_of[there]
    distinct = b"".join(
        letters[spans(starts[some], lengths[some] + 1)].tobytes()
        for some in np.split(chosen, range(_AT_ONCE, len(chosen), _AT_ONCE))
    )
    return distinct.split(_END)[:-1], (edges(there)[:-1])[rank]


def _same_stem(word_of: NDArray[np.int64], stem_of: NDArray[np.int64], words: int) -> NDArray[np.int32]:
    both = _alone(word_of, stem_of)[word_of] & _alone(stem_of, word_of)[stem_of]
    same_stem = np.full(words, -1, np.int32)
    same_stem[word_of[both]] = stem_of[both]
    return same_stem


def _alone(terms: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Of each term, whether all its readings have the same other term."""
    one_of = np.zeros(int(terms.max(initial=-1)) + 1, np.int64)
    one_of[terms] = others
    alone = np.ones(len(one_of), np.bool_)
    alone[terms[one_of[terms] != others]] = False
    return alone


def _spread(terms: NDArray[np.int64], readings: NDArray[np.int64], count: int) -> NDArray[np.int32]:
    spread = np.full(count, -1, np.int32)
    spread[readings] = terms
    return spread
