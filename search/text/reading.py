"""A text read for what a query finds in it: all of it, or some part that is to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise, takewhile

from search.text.beginnings import APART, CHUNK, Sign, chunks_around, chunks_with, seen
from search.text.chunks import Chunks, Found
from search.text.phrases import Occurrence, PhraseShape, PhraseWord, phrases
from search.text.pieces import LONG, Span, pieces
from search.text.skeleton import skeleton

_CROWD = 400
"""More places than these that look like a word are too many to look at each of them."""

_ENOUGH = 1_000
"""Words of a phrase, among which a passage is chosen: the first ones, where a text has more of it."""


@dataclass(frozen=True, slots=True)
class PhraseSigns:
    """A phrase, and the signs of each of its words; None for a word that any chunk could have."""

    shape: PhraseShape
    places: tuple[tuple[Sign, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a query finds in texts of a language: the signs of its terms by their numbers, `phrases` apart.

    `signs` are None for a term that any chunk could have; `any_sign` are those of all terms, or None.
    """

    chunks: Chunks
    signs: Mapping[int, tuple[Sign, ...] | None]
    any_sign: tuple[Sign, ...] | None
    phrases: Mapping[int, PhraseSigns]


class Reading:
    """One text, and where in it the terms of a query are: of phrases all, or as many as are enough."""

    def __init__(self, text: str, sought: Sought, *, all_phrases: bool) -> None:
        self._text = text
        self._chunks = sought.chunks
        self._phrases = sought.phrases
        self._any_sign = sought.any_sign
        self._found: dict[Span, Found] = {}
        self._next: dict[Span, Span] = {}
        self._previous: dict[Span, Span] = {}
        self.signs = sought.signs
        self.bones = skeleton(text) if sought.signs or sought.phrases else ""
        self.phrases = [found for term in sought.phrases for found in self._of_phrase(term, all_phrases)]

    @property
    def is_crowded(self) -> bool:
        """Whether there may be so many words that it takes long to look at each of them."""
        return len(self._seen) > _CROWD

    @cached_property
    def _seen(self) -> list[Span]:
        """Where something looks like a word: all places or, in a crowd, some."""
        if self._any_sign is None:
            return []
        return list(islice(seen(self._any_sign, self.bones, 0, len(self.bones)), _CROWD + 1))

    def occurrences(self, start: int = 0, end: int | None = None) -> list[Occurrence]:
        """What is in the text, or begins in a part of it, in order; occurrences can overlap."""
        start, end = max(start, 0), len(self._text) if end is None else end
        found = [phrase for phrase in self.phrases if start <= phrase.start < end]
        for first, last in self._candidates(start, end):
            found += [
                Occurrence(first + begin, first + stop, term)
                for begin, stop, term in self._chunks[self._text[first:last]].words
                if start <= first + begin < end
            ]
        found.sort()
        return found

    def _candidates(self, start: int, end: int) -> list[Span]:
        """The chunks that may have a term of one word; what was seen is not looked for again."""
        is_whole = start == 0 and end == len(self._text)
        if is_whole and self._any_sign is not None and not self.is_crowded:
            return chunks_around(self._seen, self.bones, 0, len(self.bones))
        return self._places(self._any_sign, start, end)

    def _count(self, signs: tuple[Sign, ...] | None) -> int:
        """About how many places look like these signs, and not 0 unless none does; None is everywhere."""
        if signs is None:
            return len(self.bones)
        # What is held together by a mark is rare.
        plain = sum(self.bones.count(sign.letters) for sign in signs if not sign.held)
        return plain or sum(self.bones.count(sign.letters) for sign in signs)

    def _places(self, signs: tuple[Sign, ...] | None, start: int, end: int) -> list[Span]:
        """Where the chunks are that begin in a part of the text and may have something of the query."""
        if signs is None:
            while start and self.bones[start - 1] not in APART:
                start -= 1
            chunks = (match.span() for match in CHUNK.finditer(self.bones, start))
            return list(takewhile(lambda span: span[0] < end, chunks))
        return chunks_with(signs, self.bones, start, end) if signs else []

    def _of_phrase(self, term: int, every: bool) -> Iterator[Occurrence]:
        """Where a phrase is, or enough of it: around the word of it that the text has least often."""
        shape, places = self._phrases[term].shape, self._phrases[term].places
        counts = list(map(self._count, places))
        if not min(counts):
            return iter(())
        rarest = counts.index(min(counts))
        spans: set[Span] = set()
        having = 0
        for chunk in self._places(places[rarest], 0, len(self.bones)):
            for span in self._pieces(chunk, places[rarest]):
                near = self._around(span, rarest, term, shape)
                spans.update(near)
                having += len(self._chunk(span).phrases[term]) if near else 0
                if having > _ENOUGH and not every:
                    return phrases(list(self._words(term, sorted(spans), shape.reach)), shape, term)
        return phrases(list(self._words(term, sorted(spans), shape.reach)), shape, term)

    def _pieces(self, chunk: Span, signs: tuple[Sign, ...] | None = None) -> list[Span]:
        """A chunk or, where it is very long, those of its pieces that look like these signs."""
        if chunk[1] - chunk[0] <= LONG:
            return [chunk]
        found = pieces(self._text, chunk)
        self._next.update(pairwise(found))
        self._previous.update((after, before) for before, after in pairwise(found))
        if signs is None:
            return found
        return [span for span in found if any(self.bones.find(sign.letters, *span) >= 0 for sign in signs)]

    def _around(self, span: Span, place: int, term: int, shape: PhraseShape) -> list[Span]:
        """A chunk with the word at `place` of a phrase, and those near it, if the others are in them."""
        near = [span]
        places = {hit.place for hit in self._chunk(span).phrases.get(term, ())}
        if place not in places:
            return []
        if place + 1 < shape.size:
            for after, found in self._after(span, shape.reach):
                near.append(after)
                places.update(hit.place for hit in found.phrases.get(term, ()))
            if place + 1 not in places:
                return []
        if place:
            for before, found in self._before(span, shape.reach):
                near.append(before)
                places.update(hit.place for hit in found.phrases.get(term, ()))
        return near if len(places) == shape.size else []

    def _words(self, term: int, spans: list[Span], reach: int) -> Iterator[PhraseWord]:
        """The words of a phrase in some chunks, as far from each other as in the text or its reach."""
        position = done = 0
        for start, end in spans:
            if CHUNK.search(self.bones, done, start):
                position += reach + 1
            found = self._chunk((start, end))
            for place, within, first, last in found.phrases.get(term, ()):
                yield PhraseWord(position + within, place, start + first, start + last)
            position += found.positions
            done = end

    def _chunk(self, span: Span) -> Found:
        """What is in a chunk, which is looked at several times however long it is."""
        found = self._found.get(span)
        if found is None:
            found = self._found[span] = self._chunks[self._text[slice(*span)]]
        return found

    def _after(self, span: Span, reach: int) -> Iterator[tuple[Span, Found]]:
        """The chunks after one, as far as a phrase could reach."""
        while reach > 0:
            following = self._next.get(span)
            if following is None:
                chunk = CHUNK.search(self.bones, span[1])
                if not chunk:
                    return
                following = self._pieces(chunk.span())[0]
            span = following
            found = self._chunk(span)
            yield span, found
            reach -= found.positions

    def _before(self, span: Span, reach: int) -> Iterator[tuple[Span, Found]]:
        """The chunks before one, as far as a phrase could reach."""
        bones = self.bones
        while reach > 0:
            previous = self._previous.get(span)
            if previous is None:
                end = span[0]
                while end and bones[end - 1] in APART:
                    end -= 1
                if not end:
                    return
                start = end - 1
                while start and bones[start - 1] not in APART:
                    start -= 1
                previous = self._pieces((start, end))[-1]
            span = previous
            found = self._chunk(span)
            yield span, found
            reach -= found.positions


def together(signs: Iterable[tuple[Sign, ...] | None]) -> tuple[Sign, ...] | None:
    """All of these signs, each once; None where any of them is everywhere."""
    found: dict[Sign, None] = {}
    for some in signs:
        if some is None:
            return None
        found.update(dict.fromkeys(some))
    return tuple(found)
