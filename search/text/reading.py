"""A text read for what a query finds in it: all of it, or some part that is to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, takewhile

from search.text.beginnings import APART, CHUNK, Sign, chunks_with
from search.text.chunks import Chunks
from search.text.phrases import Occurrence, PhraseShape, PhraseWord, phrases
from search.text.skeleton import skeleton

Span = tuple[int, int]
"""The characters of a chunk: from here to before there."""


@dataclass(frozen=True, slots=True)
class PhraseSigns:
    """A phrase, and the signs of each of its words; None for a word that any chunk could have."""

    shape: PhraseShape
    places: tuple[tuple[Sign, ...] | None, ...]


class Reading:
    """One text, and where in it the terms of a query are."""

    def __init__(
        self,
        text: str,
        chunks: Chunks,
        signs: tuple[Sign, ...] | None,
        phrase_signs: Mapping[int, PhraseSigns],
    ) -> None:
        self._text = text
        self._chunks = chunks
        self._signs = signs
        self._phrases = phrase_signs
        self.bones = skeleton(text) if signs != () or phrase_signs else ""
        self.rarest = self._rarest() if phrase_signs else {}

    def _rarest(self) -> dict[int, tuple[int, tuple[Sign, ...] | None]]:
        """By phrase, the place of the word that the text has least often, and its signs.

        A phrase of which the text cannot have some word is left out.
        """
        found = {}
        for term, phrase in self._phrases.items():
            counts = [self.count(signs) for signs in phrase.places]
            if least := min(counts):
                place = counts.index(least)
                found[term] = (place, phrase.places[place])
        return found

    def count(self, signs: tuple[Sign, ...] | None) -> int:
        """How many places look like these signs, at most; None looks like all of them."""
        if signs is None:
            return len(self.bones)
        return sum(map(self.bones.count, {sign.letters for sign in signs}))

    def occurrences(self, start: int = 0, end: int | None = None) -> list[Occurrence]:
        """What is in the text, or begins in a part of it, in order; occurrences can overlap.

        Of phrases with a word at the edge of the part some may be left out.
        """
        end = len(self._text) if end is None else end
        found: list[Occurrence] = []
        for first, last in self._places(self._signs, start, end):
            found += [
                Occurrence(first + begin, first + stop, term)
                for begin, stop, term in self._chunks[self._text[first:last]].words
            ]
        for term, (place, signs) in self.rarest.items():
            found += self._of_phrase(term, place, self._places(signs, start, end))
        found.sort()
        return found

    def _places(self, signs: tuple[Sign, ...] | None, start: int, end: int) -> list[Span]:
        """Where the chunks are that begin in a part of the text and may have something of the query."""
        if signs is None:
            while start and self.bones[start - 1] not in APART:
                start -= 1
            chunks = (match.span() for match in CHUNK.finditer(self.bones, start))
            return list(takewhile(lambda span: span[0] < end, chunks))
        return chunks_with(signs, self.bones, start, end) if signs else []

    def _of_phrase(self, term: int, place: int, candidates: list[Span]) -> Iterator[Occurrence]:
        """Where a phrase is, given the chunks that may have one of its words: that at `place`."""
        shape = self._phrases[term].shape
        spans: dict[Span, None] = {}
        for span in candidates:
            of_phrases = self._chunks[self._text[slice(*span)]].phrases
            if any(of == term and any(hit.place == place for hit in hits) for of, hits in of_phrases):
                spans[span] = None
                spans.update(dict.fromkeys(self._before(span, shape.reach)))
                spans.update(dict.fromkeys(self._after(span, shape.reach)))
        return phrases(list(self._words(term, sorted(spans), shape.reach)), shape, term)

    def _words(self, term: int, spans: list[Span], reach: int) -> Iterator[PhraseWord]:
        """The words of a phrase in some chunks, as far from each other as in the text or its reach."""
        position = done = 0
        for start, end in spans:
            if CHUNK.search(self.bones, done, start):
                position += reach + 1
            found = self._chunks[self._text[start:end]]
            for place, within, first, last in chain.from_iterable(h for of, h in found.phrases if of == term):
                yield PhraseWord(position + within, place, start + first, start + last)
            position += found.positions
            done = end

    def _after(self, span: Span, reach: int) -> Iterator[Span]:
        """The chunks after one, as far as a phrase could reach."""
        end = span[1]
        while reach > 0 and (chunk := CHUNK.search(self.bones, end)):
            start, end = chunk.span()
            yield start, end
            reach -= self._chunks[self._text[start:end]].positions

    def _before(self, span: Span, reach: int) -> Iterator[Span]:
        """The chunks before one, as far as a phrase could reach."""
        bones, start = self.bones, span[0]
        while reach > 0:
            end = start
            while end and bones[end - 1] in APART:
                end -= 1
            if not end:
                return
            start = end - 1
            while start and bones[start - 1] not in APART:
                start -= 1
            yield start, end
            reach -= self._chunks[self._text[start:end]].positions
