"""Texts as numbers: every distinct word of them is analysed once, and from then on is only looked up.

A *reading* is a word's unstemmed form together with its stem. A text becomes the numbers of its readings,
from which both of its lists of terms follow. Two memories, one of chunks (what white space divides) and one
of words, turn strings into readings; both are forgotten when they grow beyond a bound, for words that occur
once make up most of them. What readings say is never forgotten, but it is only written down, one after the
other: no table tells which are equal, so there are several numbers for what was forgotten and met again,
and for words that differ only in what no term has. Who makes terms of them sorts them, and finds out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.text.bulk import readings, words_of
from search.text.chunk_numbers import ChunkNumbers, Numbers
from search.text.languages import base

_OF_A_WORD: Final = 160
"""Bytes that a remembered word takes besides its characters: a string, a place in a table, its number."""

_LONGEST: Final = 1 << 18
"""Characters of text that are divided into chunks at a time."""

_SPACE: Final = re.compile("[\t\n\v\f\r ]")

_Keys = TypeVar("_Keys", ChunkNumbers, "_Words")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found for some strings, one after the other: all their readings, and how many each has."""

    readings: Numbers
    counts: Numbers


class Vocabulary:
    """Numbers readings in the order in which they are met, from 0. Not for several threads at once.

    Its memories of a language may each take about `remembered` bytes before they are forgotten.
    """

    def __init__(self, remembered: int = 32_000_000) -> None:
        self._remembered = remembered
        self._count = 0
        self._forms: list[bytes] = []
        self._stems: list[bytes] = []
        self._written = 0
        self._memories: dict[str, _Memory[ChunkNumbers]] = {}
        self._memories_of_words: list[_Memory[_Words]] = []

    def __len__(self) -> int:
        """How many readings there are."""
        return self._count

    def forms_and_stems(self) -> Iterator[bytes]:
        """The forms of all readings, then their stems, as UTF-8, an end of line after each."""
        for strings in (self._forms, self._stems):
            yield b"".join(strings)

    def forget(self) -> None:
        """Forget what was remembered; readings are not. Whoever adds no more texts has no use for it."""
        self._memories.clear()
        self._memories_of_words.clear()

    @property
    def size(self) -> int:
        """Bytes, about, that all of it takes. What was remembered is forgotten in time; readings are not."""
        of_chunks = sum(memory.size for memory in self._memories.values())
        return self._written + of_chunks + sum(memory.size for memory in self._memories_of_words)

    def look_up(self, texts: Sequence[str], language: str) -> Looked:
        """The readings of texts in one language.

        Their forms are `terms(text, "")` of `search.text.words`, their stems `terms(text, language)`.
        """
        code = base(language)
        memory = self._memories.get(code)
        if memory is None:
            memory = self._memories[code] = self._memory(code)
        owners, numbers, ends = list[int](), [np.zeros(0, np.int32)], [np.zeros(0, np.int64)]
        chunks = 0
        for numbers_of_texts, together in _together(texts):
            found, begins = memory.keys.of("\n".join(together))
            sizes = [len(each.encode("utf-8", "surrogatepass")) + 1 for each in together]
            owners += numbers_of_texts
            numbers.append(found)
            ends.append(chunks + np.searchsorted(begins, np.cumsum(sizes)))
            chunks += len(found)
        looked = memory.looked(np.concatenate(numbers))
        counts = np.zeros(len(texts), np.int32)
        until = _starts(looked.counts)[np.concatenate(ends)]
        np.add.at(counts, owners, np.diff(until, prepend=0).astype(np.int32))
        return Looked(looked.readings, counts)

    def _memory(self, code: str) -> _Memory[ChunkNumbers]:
        def of_words(words: Sequence[str]) -> Looked:
            read = readings(words, code)
            numbers = np.arange(self._count, self._count + len(read.forms), dtype=np.int32)
            self._count += len(numbers)
            for written, strings in ((self._forms, read.forms), (self._stems, read.stems)):
                written.append(_lines(strings))
                self._written += len(written[-1])
            return Looked(numbers, np.array(read.counts, np.int32))

        def of_chunks(chunks: Sequence[str]) -> Looked:
            words, words_in = words_of(chunks)
            looked = words_read.looked(words_read.keys.of(words))
            ends = _starts(looked.counts)[_starts(np.array(words_in, np.int32))]
            return Looked(looked.readings, np.diff(ends).astype(np.int32))

        words_read = _Memory(_Words, of_words, self._remembered)
        self._memories_of_words.append(words_read)
        return _Memory(ChunkNumbers, of_chunks, self._remembered)


class _Words:
    """Numbers words in the order in which they are first met, from 0."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._told = 0
        self.size = 0

    def __len__(self) -> int:
        return len(self._numbers)

    def new(self) -> list[str]:
        """The words that were numbered since this was asked last, in order."""
        words = list(islice(reversed(self._numbers), len(self._numbers) - self._told))[::-1]
        self._told = len(self._numbers)
        self.size += _OF_A_WORD * len(words) + sum(map(len, words))
        return words

    def of(self, words: Sequence[str]) -> Numbers:
        """The number of each word."""
        return np.fromiter(map(self._numbers.__getitem__, words), np.int32, len(words))


class _Memory(Generic[_Keys]):
    """The readings of every string met so far: first strings are numbered, then the new ones analysed.

    What numbers strings is `keys`, another one whenever everything was forgotten.
    """

    def __init__(
        self, keys: Callable[[], _Keys], analyse: Callable[[Sequence[str]], Looked], most: int
    ) -> None:
        self._new_keys: Callable[[], _Keys] = keys
        self._analyse = analyse
        self._most = most
        self._forget()

    def _forget(self) -> None:
        self.keys: _Keys = self._new_keys()
        self._readings = np.zeros(0, np.int32)
        self._counts = np.zeros(0, np.int32)
        self._starts = np.zeros(1, np.int64)

    @property
    def size(self) -> int:
        """Bytes, about."""
        return self.keys.size + self._readings.nbytes + self._counts.nbytes + self._starts.nbytes

    def looked(self, numbers: Numbers) -> Looked:
        """The readings of numbered strings; what was new of them is analysed together."""
        if len(self.keys) > len(self._counts):
            self._learn(self.keys.new())
        counts = self._counts[numbers]
        if (counts == 1).all():
            places = self._starts[numbers]
        else:
            ends = np.cumsum(counts, dtype=np.int64)
            places = np.repeat(self._starts[numbers] - (ends - counts), counts) + np.arange(int(counts.sum()))
        found = Looked(self._readings[places], counts)
        if self.size > self._most:
            self._forget()
        return found

    def _learn(self, strings: Sequence[str]) -> None:
        looked = self._analyse(strings)
        self._starts = np.concatenate([self._starts, len(self._readings) + _starts(looked.counts)[1:]])
        self._readings = np.concatenate([self._readings, looked.readings])
        self._counts = np.concatenate([self._counts, looked.counts])


def _lines(strings: Sequence[str]) -> bytes:
    """Strings as UTF-8, an end of line after each: there is none in a term."""
    return "\n".join([*strings, ""]).encode("utf-8", "surrogatepass")


def _starts(counts: Numbers) -> NDArray[np.int64]:
    """Where each of so many entries begins, and where all end."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def _together(texts: Sequence[str]) -> Iterator[tuple[list[int], list[str]]]:
    """Texts that are worth looking up together, with their numbers; what is long comes in several parts."""
    owners, together, size = list[int](), list[str](), 0
    for number, text in enumerate(texts):
        for piece in _pieces(text):
            if together and size + len(piece) > _LONGEST:
                yield owners, together
                owners, together, size = [], [], 0
            owners.append(number)
            together.append(piece)
            size += len(piece)
    if together:
        yield owners, together


def _pieces(text: str) -> Iterator[str]:
    """A long text in pieces that end where a word cannot go on."""
    start = 0
    while len(text) - start > _LONGEST and (space := _SPACE.search(text, start + _LONGEST)):
        yield text[start : space.start()]
        start = space.end()
    yield text[start:] if start else text
