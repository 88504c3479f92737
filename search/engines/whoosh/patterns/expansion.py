"""Which words of the index a pattern means, within what one query may cost.

A pattern reaches at most `MOST_WORDS` words, the patterns of a query together `MOST_IN_ALL`, and looking
for them takes `MOST_WORK` steps and no time after the deadline. What is beyond is left out, and the answer
is partial.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

import numpy as np

from search.deadline import Deadline
from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.index import Index
from search.engines.whoosh.patterns.lexicon import Lexicon
from search.engines.whoosh.patterns.vocabulary import NAME_OF, Vocabulary, beginning, name_words, vocabulary
from search.engines.whoosh.patterns.words_query import Meant, Words
from search.engines.whoosh.values import folded
from search.text.patterns import all_like

MOST_WORDS: Final = 1_000
"""How many words one pattern can mean."""

MOST_IN_ALL: Final = 4_000
"""How many words the patterns of one query can mean: each of them has its postings read."""

MOST_WORK: Final = 1_000_000
"""Words compared with patterns for one query; about half a second."""

_GLANCES: Final = 50
"""How many words are passed over in the time that one comparison takes."""

_FEW: Final = 1_000
"""Words up to which they are read from the segment to be compared; more are worth a lexicon."""

_Find = Callable[[int, Vocabulary], Meant]
"""The words of a segment that a pattern means, one more than it can mean at most."""


class Expansion:
    """Finds words for one query in the segments of an index. `partial` tells whether any were left out."""

    def __init__(self, index: Index, deadline: Deadline) -> None:
        self.partial = False
        self._index = index
        self._deadline = deadline
        self._words = 0  # at least as many as were found so far
        self._work_left = MOST_WORK
        self._found: dict[tuple[str, str, int, str], Words] = {}

    def prefix(self, prefix: str, field: str) -> Words:
        """Words that begin with `prefix`, which is folded."""
        start = prefix.encode("utf-8", "replace")

        def find(_: int, words: Vocabulary) -> Meant:
            numbers = beginning(words, start)[: MOST_WORDS + 1]
            return Meant(np.arange(numbers.start, numbers.stop), partial(words.terms, numbers))

        return self._once(("prefix", prefix, 0, field), find)

    def wildcard(self, pattern: str, field: str) -> Words:
        """Words that match `pattern` as a whole: `*` is any letters, `?` exactly one."""
        pattern = folded(pattern)
        start = re.split(r"[*?]", pattern, maxsplit=1)[0].encode("utf-8", "replace")

        def find(segment: int, words: Vocabulary) -> Meant:
            numbers = beginning(words, start)
            if len(numbers) <= _FEW:
                return self._matching(pattern, [(numbers, words.terms(numbers))])
            if not self._work(1 + len(numbers) // _GLANCES):
                return _NOTHING
            lexicon = self._lexicon(segment, field, words)
            return self._matching(pattern, lexicon.some_by_some(lexicon.like(pattern, numbers)))

        return self._once(("wildcard", pattern, 0, field), find)

    def fuzzy(self, word: str, distance: int, field: str) -> Words:
        """Words at most `distance` edits (see `distance_within`) away from `word`."""

        def find(segment: int, words: Vocabulary) -> Meant:
            if not len(words) or not self._work(1 + len(words) // _GLANCES):
                return _NOTHING
            lexicon = self._lexicon(segment, field, words)
            near = lexicon.near(word, distance)
            near = near[: self._work(len(near))]
            numbers = lexicon.within(word, distance, near)[: MOST_WORDS + 1]
            return _meant(numbers, lexicon.words(numbers))

        return self._once(("fuzzy", word, distance, field), find)

    def _once(self, pattern: tuple[str, str, int, str], find: _Find) -> Words:
        """The words of a pattern, looked for the first time it is met."""
        if pattern not in self._found:
            field = pattern[-1]
            meant = self._limited([self._in_segment(number, field, find) for number in self._segments])
            if field in NAME_OF:
                meant = [self._values_with(number, field, meant[number]) for number in self._segments]
            self._found[pattern] = Words(field, tuple(meant))
        return self._found[pattern]

    @property
    def _segments(self) -> range:
        return range(len(self._index.segments))

    def _in_segment(self, number: int, field: str, find: _Find) -> Meant:
        if self._deadline.passed:
            self.partial = True
            return _NOTHING
        return find(number, vocabulary(self._index, number, field))

    def _limited(self, meant: list[Meant]) -> list[Meant]:
        """As many of the words as are still allowed. They are read only where there may be too many."""
        count = sum(len(each.numbers) for each in meant)
        if count <= MOST_WORDS and self._words + count <= MOST_IN_ALL:
            self._words += count
            return meant
        self._words = sum(len(words.words) for words in self._found.values())
        most = min(MOST_WORDS, MOST_IN_ALL - self._words)
        distinct = sorted({term for each in meant for term in each.terms()})
        self._words += min(most, len(distinct))
        if len(distinct) <= most:
            return meant
        self.partial = True
        return [_until(distinct[most - 1], each) if most else _NOTHING for each in meant]

    def _values_with(self, segment: int, field: str, meant: Meant) -> Meant:
        """The values of a keyword field for words of names."""
        return Meant(name_words(self._index, segment, field).values_of_any(meant.numbers), meant.terms)

    def _lexicon(self, segment: int, field: str, words: Vocabulary) -> Lexicon:
        return self._index.cache.get(("lexicon", segment, field), lambda: Lexicon.of(words))

    def _matching(self, pattern: str, parts: Iterable[tuple[Sequence[int], list[bytes]]]) -> Meant:
        """Those of the words that match a wildcard, one more than it can mean at most.

        The words come in parts, with their numbers, which are read as they are needed.
        """
        found: list[tuple[int, bytes]] = []
        for numbers, words in parts:
            compared = words[: self._work(len(words))]
            found += [(numbers[place], words[place]) for place in all_like(pattern, compared)]
            if len(found) > MOST_WORDS or len(compared) < len(words):
                break
        found = found[: MOST_WORDS + 1]
        return _meant(np.array([number for number, _ in found], np.int64), [word for _, word in found])

    def _work(self, steps: int) -> int:
        """How many of so many steps may still be taken."""
        taken = min(steps, self._work_left)
        self.partial |= taken < steps
        self._work_left -= taken
        return taken


def _meant(numbers: Ints, terms: list[bytes]) -> Meant:
    return Meant(numbers, lambda: terms)


_NOTHING: Final = _meant(np.zeros(0, np.int64), [])


def _until(last: bytes, meant: Meant) -> Meant:
    """Those of the words that do not sort behind the last one."""
    terms = meant.terms()
    kept = bisect_right(terms, last)
    return _meant(meant.numbers[:kept], terms[:kept])
