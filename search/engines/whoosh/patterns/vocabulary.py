"""The words that patterns are compared with: those of one field in one segment, whatever holds them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, Protocol, Self

import numpy as np

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.index import Index
from search.engines.whoosh.schema import NAMES, WORDS_OF
from search.engines.whoosh.segment.spans import edges, spans
from search.engines.whoosh.values import words

NAME_OF: Final = {WORDS_OF[name]: name for name in NAMES}
"""The keyword field whose values a field of name words has the words of."""


class Vocabulary(Protocol):
    """Distinct words, numbered in the order of their UTF-8. A `Field` of a segment is one."""

    def __len__(self) -> int:
        """How many words there are."""
        ...

    def first_from(self, term: bytes) -> int:
        """The number of the first word that does not sort before this one; `len` where all do."""
        ...

    def terms(self, numbers: range) -> list[bytes]:
        """The words of these consecutive numbers."""
        ...


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a keyword field as a vocabulary."""

    strings: Sequence[str]

    def __len__(self) -> int:
        return len(self.strings)

    def first_from(self, term: bytes) -> int:
        """The number of the first value that does not sort before this one."""
        return bisect_left(range(len(self)), term, key=lambda number: _utf8(self.strings[number]))

    def terms(self, numbers: range) -> list[bytes]:
        """The values of consecutive numbers."""
        return [_utf8(self.strings[number]) for number in numbers]


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of the values of a keyword field: `low` of `jonathan low`.

    Those values that have word `n` are `values[starts[n]:starts[n + 1]]`, ascending, by number.
    """

    words: list[bytes]
    starts: Ints
    values: Ints

    @classmethod
    def of(cls, values: Sequence[str]) -> Self:
        """Take the values of a keyword field apart."""
        having: dict[bytes, list[int]] = {}
        for number, value in enumerate(values):
            for word in dict.fromkeys(words(value)):
                having.setdefault(_utf8(word), []).append(number)
        ascending = sorted(having)
        counts = np.array([len(having[word]) for word in ascending], np.int64)
        owned = np.fromiter(chain.from_iterable(having[word] for word in ascending), np.int64)
        return cls(ascending, edges(counts), owned)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def nbytes(self) -> int:
        """About how many bytes of memory they take."""
        return self.starts.nbytes + self.values.nbytes + 48 * len(self.words) + sum(map(len, self.words))

    def first_from(self, term: bytes) -> int:
        """The number of the first word that does not sort before this one."""
        return bisect_left(self.words, term)

    def terms(self, numbers: range) -> list[bytes]:
        """The words of consecutive numbers."""
        return self.words[numbers.start : numbers.stop]

    def values_of_any(self, numbers: Ints) -> Ints:
        """The numbers of the values that have any of these words, ascending."""
        return np.unique(self.values[spans(self.starts[numbers], np.diff(self.starts)[numbers])])


def name_words(index: Index, segment: int, field: str) -> NameWords:
    """The words of `author_word` or `commenter_word` in a segment, which are kept."""
    values = index.segments[segment].columns.keywords[NAME_OF[field]].values
    return index.cache.get(("name words", segment, field), lambda: NameWords.of(values))


def vocabulary(index: Index, segment: int, field: str) -> Vocabulary:
    """The words that a segment has in a field of the schema."""
    if field in NAME_OF:
        return name_words(index, segment, field)
    keywords = index.segments[segment].columns.keywords
    return Values(keywords[field].values) if field in keywords else index.segments[segment].fields[field]


def find(words: Vocabulary, term: bytes) -> int:
    """The number of a word; -1 for one that is not there."""
    number = words.first_from(term)
    return number if number < len(words) and words.terms(range(number, number + 1)) == [term] else -1


def beginning(words: Vocabulary, prefix: bytes) -> range:
    """The numbers of the words that begin so: no UTF-8 has a byte 255."""
    first = words.first_from(prefix)
    return range(first, max(first, words.first_from(prefix + b"\xff")) if prefix else len(words))


def _utf8(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")
