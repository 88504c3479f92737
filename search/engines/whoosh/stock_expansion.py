"""Which words of the index a pattern means, within what one query may cost.

A pattern reaches at most `MOST_WORDS` words, the patterns of a query together `MOST_IN_ALL`, and looking
for them takes `MOST_WORK` steps. What is beyond is left out, and the answer is partial.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from whoosh.query import Or, Term
from whoosh.reading import IndexReader

from search.engines.whoosh.documents import folded
from search.engines.whoosh.stock_lexicon import Lexicon, Lexicons
from search.text.edits import distance_within
from search.text.patterns import wildcard

MOST_WORDS: Final = 1_000
"""How many words one pattern can mean."""

MOST_IN_ALL: Final = 4_000
"""How many words the patterns of one query can mean: each of them has its postings read."""

MOST_WORK: Final = 1_500_000
"""Words compared with patterns for one query; about half a second."""

_FUZZY_WORK: Final = 40
"""How many comparisons with a wildcard take as long as one of spellings."""

_Find = Callable[[Lexicon], Iterable[str]]


class Words(Or):
    """Any of the words that a pattern means."""

    def __init__(self, field: str, words: tuple[str, ...]) -> None:
        super().__init__([Term(field, word) for word in words])
        self.words = words


class Expansion:
    """Finds words for one query in the fields of a reader. `partial` tells whether any were left out."""

    def __init__(self, reader: IndexReader, lexicons: Lexicons) -> None:
        self.partial = False
        self._reader = reader
        self._lexicons = lexicons
        self._words_left = MOST_IN_ALL
        self._work_left = MOST_WORK
        self._found: dict[tuple[str, str, int, str], Words] = {}

    def prefix(self, prefix: str, field: str) -> Words:
        """Words that begin with `prefix`, which is folded."""
        return self._once(("prefix", prefix, 0, field), lambda lexicon: lexicon.beginning(prefix))

    def wildcard(self, pattern: str, field: str) -> Words:
        """Words that match `pattern` as a whole: `*` is any letters, `?` exactly one."""
        pattern = folded(pattern)
        start = re.split(r"[*?]", pattern, maxsplit=1)[0]
        matches = wildcard(pattern).match
        return self._once(
            ("wildcard", pattern, 0, field),
            lambda lexicon: filter(matches, self._working(lexicon.beginning(start), 1)),
        )

    def fuzzy(self, word: str, distance: int, field: str) -> Words:
        """Words at most `distance` edits (see `distance_within`) away from `word`."""

        def near(lexicon: Lexicon) -> Iterator[str]:
            for other in self._working(lexicon.alike(word, distance), _FUZZY_WORK):
                if distance_within(word, other, distance):
                    yield other

        return self._once(("fuzzy", word, distance, field), near)

    def _once(self, pattern: tuple[str, str, int, str], find: _Find) -> Words:
        """The words of a pattern, looked for the first time it is met."""
        if pattern not in self._found:
            most = min(MOST_WORDS, self._words_left)
            words = tuple(islice(find(self._lexicons.of(pattern[-1], self._reader)), most + 1))
            self.partial |= len(words) > most
            self._found[pattern] = Words(pattern[-1], words[:most])
            self._words_left -= len(words[:most])
        return self._found[pattern]

    def _working(self, words: Iterable[str], work: int) -> Iterator[str]:
        """The words, as long as there is work left to look at each."""
        for word in words:
            if self._work_left < work:
                self.partial = True
                return
            self._work_left -= work
            yield word
