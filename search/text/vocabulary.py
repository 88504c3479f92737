"""Texts as numbers: every distinct word of them is analysed once, and from then on is only looked up.

A *reading* is a word's unstemmed form together with its stem. A text becomes the numbers of its readings,
from which both of its lists of terms follow. Two memories, one of chunks (what white space divides) and one
of words, turn strings into readings; both are forgotten when they grow beyond a bound, for words that occur
once make up most of them. Readings keep their numbers as long as the vocabulary lives.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.text.bulk import readings, words_of
from search.text.languages import base

_OVERHEAD: Final = 160
"""Bytes that a remembered string takes besides its characters: a place in a table, and numbers."""

_OF_A_READING: Final = 320
"""Bytes that a reading takes: two short strings, a pair, and a place in a table."""

_APART: Final = "\n"
"""Stands between a form and its stem where they differ; no word has one in it."""

_LONGEST: Final = 1 << 20
"""Characters of text that are divided into chunks at a time."""

_SPACE: Final = re.compile(r"\s")

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found for some strings, one after the other: all their readings, and how many each has."""

    readings: Numbers
    counts: Numbers


class Vocabulary:
    """Numbers readings in the order in which they are first met, from 0. Not for several threads at once.

    Its memories of a language may each take about `remembered` bytes before they are forgotten.
    """

    def __init__(self, remembered: int = 32_000_000) -> None:
        self._remembered = remembered
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._memories: dict[str, _Memory] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def readings(self) -> Iterator[tuple[str, str]]:
        """Form and stem of all readings, in the order of their numbers."""
        for key in self._numbers:
            form, _, stem = key.partition(_APART)
            yield form, stem or form

    @property
    def size(self) -> int:
        """Bytes, about, that the readings take: what grows as long as the vocabulary lives."""
        return _OF_A_READING * len(self._numbers)

    def look_up(self, texts: Sequence[str], language: str) -> Looked:
        """The readings of texts in one language.

        Their forms are `terms(text, "")` of `search.text.words`, their stems `terms(text, language)`.
        """
        code = base(language)
        memory = self._memories.get(code)
        if memory is None:
            memory = self._memories[code] = self._memory(code)
        numbers = [memory.numbers(piece.split()) for text in texts for piece in _pieces(text)]
        looked = memory.looked(np.concatenate([np.zeros(0, np.int32), *numbers]))
        pieces = [sum(1 for _ in _pieces(text)) for text in texts]
        ends = _starts(np.array(list(map(len, numbers)), np.int32))[_starts(np.array(pieces, np.int32))]
        return Looked(looked.readings, np.diff(_starts(looked.counts)[ends]).astype(np.int32))

    def _memory(self, code: str) -> _Memory:
        def of_words(words: Sequence[str]) -> Looked:
            read = readings(words, code)
            keys = [
                form if form == stem else form + _APART + stem
                for form, stem in zip(read.forms, read.stems, strict=True)
            ]
            numbers = np.fromiter(map(self._numbers.__getitem__, keys), np.int32, len(keys))
            return Looked(numbers, np.array(read.counts, np.int32))

        def of_chunks(chunks: Sequence[str]) -> Looked:
            words, words_in = words_of(chunks)
            looked = memory.looked(memory.numbers(words))
            ends = _starts(looked.counts)[_starts(np.array(words_in, np.int32))]
            return Looked(looked.readings, np.diff(ends).astype(np.int32))

        memory = _Memory(of_words, self._remembered)
        return _Memory(of_chunks, self._remembered)


class _Memory:
    """The readings of every string met so far: first strings are numbered, then the new ones analysed."""

    def __init__(self, analyse: Callable[[Sequence[str]], Looked], most: int) -> None:
        self._analyse = analyse
        self._most = most
        self._forget()

    def _forget(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._size = 0
        self._readings = np.zeros(0, np.int32)
        self._counts = np.zeros(0, np.int32)
        self._starts = np.zeros(1, np.int64)

    def numbers(self, strings: Sequence[str]) -> Numbers:
        """Numbers for strings, good until they are looked up."""
        return np.fromiter(map(self._numbers.__getitem__, strings), np.int32, len(strings))

    def looked(self, numbers: Numbers) -> Looked:
        """The readings of numbered strings; what was new of them is analysed together."""
        new = len(self._numbers) - len(self._counts)
        if new:
            self._learn(list(islice(reversed(self._numbers), new))[::-1])
        counts = self._counts[numbers]
        if (counts == 1).all():
            places = self._starts[numbers]
        else:
            ends = np.cumsum(counts, dtype=np.int64)
            places = np.repeat(self._starts[numbers] - (ends - counts), counts) + np.arange(int(counts.sum()))
        found = Looked(self._readings[places], counts)
        if self._size > self._most:
            self._forget()
        return found

    def _learn(self, strings: Sequence[str]) -> None:
        looked = self._analyse(strings)
        self._size += _OVERHEAD * len(strings) + sum(map(len, strings)) + looked.readings.nbytes
        self._starts = np.concatenate([self._starts, len(self._readings) + _starts(looked.counts)[1:]])
        self._readings = np.concatenate([self._readings, looked.readings])
        self._counts = np.concatenate([self._counts, looked.counts])


def _starts(counts: Numbers) -> NDArray[np.int64]:
    """Where each of so many entries begins, and where all end."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def _pieces(text: str) -> Iterator[str]:
    """A long text in pieces that end where a word cannot go on."""
    start = 0
    while len(text) - start > _LONGEST and (space := _SPACE.search(text, start + _LONGEST)):
        yield text[start : space.start()]
        start = space.end()
    yield text[start:] if start else text
