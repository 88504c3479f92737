"""Which words of the index a pattern means. Each pattern reaches at most `MOST_WORDS` of them."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final

from whoosh.automata.fsa import DFA
from whoosh.automata.lev import levenshtein_automaton
from whoosh.codec.base import Automata
from whoosh.reading import IndexReader

from search.engines.whoosh.documents import folded
from search.engines.whoosh.schema import WORDS_OF
from search.text.edits import distance_within

MOST_WORDS: Final = 1_000
"""How many words one pattern can mean; the rest are left out and the answer is partial."""

_Find = Callable[[IndexReader], Iterable[str]]


class Expansion:
    """Finds words in one field of a reader. `partial` tells whether any pattern had too many."""

    def __init__(self, reader: IndexReader) -> None:
        self._segments = [segment for segment, _ in reader.leaf_readers()]
        self.partial = False

    def prefix(self, prefix: str, field: str) -> tuple[str, ...]:
        """Words that begin with `prefix`, which is folded."""
        return self._union(field, lambda segment: _beginning(segment, field, prefix))

    def wildcard(self, pattern: str, field: str) -> tuple[str, ...]:
        """Words that match `pattern` as a whole: `*` is any letters, `?` exactly one."""
        pattern = folded(pattern)
        start = re.split(r"[*?]", pattern, maxsplit=1)[0]
        # fnmatch writes an expression that never tries twice for one star, so that no pattern is slow.
        matches = re.compile(fnmatch.translate(pattern.replace("[", "[[]"))).match
        return self._union(
            field, lambda segment: (word for word in _beginning(segment, field, start) if matches(word))
        )

    def fuzzy(self, word: str, distance: int, field: str) -> tuple[str, ...]:
        """Words at most `distance` edits (see `distance_within`) away from `word`."""
        if field not in WORDS_OF.values():
            # The automaton steps to the next character, which not every character in a value has.
            return self._union(field, lambda segment: _nearly(segment, field, word, distance))
        automaton = _edits(word, distance)
        return self._union(field, lambda segment: Automata.find_matches(automaton, segment.cursor(field)))

    def _union(self, field: str, find: _Find) -> tuple[str, ...]:
        found: set[str] = set()
        for segment in self._segments:
            if field in segment.indexed_field_names():
                found.update(islice(find(segment), MOST_WORDS + 1))
        if len(found) > MOST_WORDS:
            self.partial = True
        return tuple(sorted(found)[:MOST_WORDS])


def _beginning(segment: IndexReader, field: str, prefix: str) -> Iterator[str]:
    for term in segment.expand_prefix(field, prefix):
        yield term.decode()


def _nearly(segment: IndexReader, field: str, word: str, distance: int) -> Iterator[str]:
    return (other for other in _beginning(segment, field, "") if distance_within(word, other, distance))


@lru_cache(maxsize=64)
def _edits(word: str, distance: int) -> DFA:
    """What accepts every text that is so near: Whoosh's automaton, which lacks the swap of two letters."""
    edits = levenshtein_automaton(word, distance)
    for place, (letter, following) in enumerate(pairwise(word)):
        for used in range(distance):
            edits.add_transition((place, used), following, (place, used, "swap"))
            edits.add_transition((place, used, "swap"), letter, (place + 2, used + 1))
    automaton: DFA = edits.to_dfa()
    return automaton
