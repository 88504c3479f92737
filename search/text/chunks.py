"""What the words of a query find in a chunk: a piece of text that no word reaches beyond."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from search.text.pieces import LONG
from search.text.words import WORD, analyser, tokens

_REMEMBERED_LENGTH = 2 * LONG
"""Characters of the longest chunks that are remembered: longer ones hardly come twice."""


class Step(NamedTuple):
    """That a word is the whole of a query's term, or in a phrase the word at `place`."""

    term: int
    place: int


class Hit(NamedTuple):
    """A word of a phrase: its place there, its position and characters within the chunk."""

    place: int
    position: int
    start: int
    end: int


class Found(NamedTuple):
    """What of the query is in a chunk, which takes so many positions.

    `words` are where terms begin and end within it, and their numbers; `phrases` are, by the numbers of those
    that have words in it, these words.
    """

    positions: int
    words: tuple[tuple[int, int, int], ...]
    phrases: Mapping[int, Sequence[Hit]]


class Chunks(dict[str, Found]):
    """What each chunk met so far is to a query.

    `steps` are by the terms of the query in the text's language; `patterns` say whether they fit the form
    of a word, which is not stemmed; `phrases` are the numbers of the terms that are some. Kept as long as
    a request, and safe for threads: all of them find the same.
    """

    def __init__(
        self,
        language: str,
        steps: Mapping[str, Sequence[Step]],
        patterns: Sequence[tuple[Callable[[str], bool], Step]],
        phrases: Container[int],
    ) -> None:
        super().__init__()
        self._language = language
        self._terms_of = analyser(language)
        self._forms_of = analyser("")
        self._steps = steps
        self._patterns = patterns
        self._phrases = phrases
        self._fits: dict[str, tuple[Step, ...]] = {}

    def __missing__(self, chunk: str) -> Found:
        words: list[tuple[int, int, int]] = []
        in_phrases: dict[int, list[Hit]] = {}
        position = 0
        for match in WORD.finditer(chunk):
            offset = match.start()
            terms = self._terms_of(match[0])
            for index, start, end, (term, place) in self._hits(match[0], terms):
                if term in self._phrases:
                    hit = Hit(place, position + index, offset + start, offset + end)
                    in_phrases.setdefault(term, []).append(hit)
                else:
                    words.append((offset + start, offset + end, term))
            position += len(terms)
        found = Found(position, tuple(words), in_phrases)
        if len(chunk) <= _REMEMBERED_LENGTH:
            self[chunk] = found
        return found

    def _hits(self, word: str, terms: tuple[str, ...]) -> Iterator[tuple[int, int, int, Step]]:
        """Position and characters within the word, and what is there."""
        if not self._patterns and len(terms) == 1 and "_" not in word:
            for step in self._steps.get(terms[0], ()):
                yield 0, 0, len(word), step
            return
        forms = self._forms_of(word) if self._patterns else ()
        if self._steps.keys().isdisjoint(terms) and not any(map(self._fitting, forms)):
            return
        places = zip(tokens(word, self._language), forms or repeat(""), strict=False)
        for index, ((term, start, end), written) in enumerate(places):
            for step in (*self._steps.get(term, ()), *self._fitting(written)):
                yield index, start, end, step

    def _fitting(self, written: str) -> tuple[Step, ...]:
        """The patterns that a word fits, by its form."""
        found = self._fits.get(written)
        if found is None:
            found = self._fits[written] = tuple(step for like, step in self._patterns if like(written))
        return found
