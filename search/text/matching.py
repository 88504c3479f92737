"""Where in a text the words of a query are: the occurrences that fragments mark and passages show."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import assert_never

from search.query.ast import (
    TEXT_FIELDS,
    And,
    DateRange,
    Everything,
    Fuzzy,
    InComments,
    InPosts,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    Wildcard,
    Word,
)
from search.text.beginnings import CHUNK, beginning, chunks_with, signs
from search.text.chunks import Chunks, Step
from search.text.edits import distance_within
from search.text.patterns import wildcard
from search.text.phrases import Occurrence, Part, PhraseShape, phrases
from search.text.skeleton import skeleton
from search.text.words import WORD, analyser, form, query_terms

_ANY_LETTERS = re.compile(r"[*?]")


def text_terms(node: Node) -> Iterator[Term]:
    """The terms of a query that texts are to have; nothing that is excluded, no field of values."""
    match node:
        case Word(field=field) | Phrase(field=field) | Prefix(field=field):
            if field is None or field in TEXT_FIELDS:
                yield node
        case Wildcard(field=field) | Fuzzy(field=field):
            if field is None or field in TEXT_FIELDS:
                yield node
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from text_terms(child)
        case Not() | Everything() | DateRange() | InPosts() | InComments():
            pass
        case _:
            assert_never(node)


class Matcher:
    """Finds the terms in texts of one language and field.

    Most words of a text are not in a query. So the letters with which those of the query begin are looked
    for, and only the chunks that have them are analysed, each distinct one once.
    """

    def __init__(self, terms: Sequence[Term], languages: Sequence[str], language: str, field: str) -> None:
        self._steps: dict[str, list[Step]] = defaultdict(list)
        self._patterns: list[tuple[Callable[[str], bool], Step]] = []
        self._beginnings: list[str | None] = []
        self._phrases: dict[int, PhraseShape] = {}
        for number, term in enumerate(terms):
            if term.field is None or term.field == field:
                self._prepare(number, term, (language, *languages))
        self._beginnings += [beginning(term, language) for term in self._steps]
        self._signs = signs(self._beginnings, language)
        self._terms_of = analyser(language)
        self._chunks = Chunks(language, self._steps, self._patterns, self._phrases)

    def _prepare(self, number: int, term: Term, languages: Sequence[str]) -> None:
        match term:
            case Word(text):
                self._prepare_words(number, query_terms(text, languages), 0)
            case Phrase(text, _, slop):
                self._prepare_words(number, query_terms(text, languages), slop)
            case Prefix(text):
                begun = form(text)
                self._prepare_pattern(number, lambda word: word.startswith(begun), begun)
            case Wildcard(pattern):
                like = wildcard(form(pattern)).match
                begun = _ANY_LETTERS.split(form(pattern))[0]
                self._prepare_pattern(number, lambda word: like(word) is not None, begun)
            case Fuzzy(text, _, distance):
                near = partial(distance_within, form(text), limit=distance)
                self._prepare_pattern(number, near, None)
            case _:
                assert_never(term)

    def _prepare_pattern(self, number: int, like: Callable[[str], bool], begun: str | None) -> None:
        self._patterns.append((like, Step(number, 0)))
        self._beginnings.append(begun)

    def _prepare_words(self, number: int, positions: tuple[tuple[str, ...], ...], slop: int) -> None:
        if len(positions) > 1:
            self._phrases[number] = PhraseShape(len(positions), slop)
        for place, alternatives in enumerate(positions):
            for alternative in alternatives:
                self._steps[alternative].append(Step(number, place))

    def occurrences(self, text: str) -> list[Occurrence]:
        """Every place of the text that matches, in order; they can overlap."""
        found: list[Occurrence] = []
        parts: dict[int, list[Part]] = defaultdict(list)
        chunks = self._chunks
        for start, end in self._places(text):
            positions, words, in_phrases = chunks[text[start:end]]
            for first, last, term in words:
                found.append(Occurrence(start + first, start + last, term))
            for term, hits in in_phrases:
                parts[term].append(Part(start, end, positions, hits))
        between = partial(self._positions, text)
        for term, of_phrase in parts.items():
            found += phrases(of_phrase, self._phrases[term], term, between)
        found.sort()
        return found

    def _places(self, text: str) -> list[tuple[int, int]]:
        """Where the chunks of a text are that may have something of the query, in order, without overlap."""
        if self._signs == ():
            return []
        bones = skeleton(text)
        if self._signs is None:
            return [match.span() for match in CHUNK.finditer(bones)]
        return chunks_with(self._signs, bones)

    def _positions(self, text: str, start: int, end: int, most: int) -> int:
        """How many positions a text has from one character to before another; `most` at most."""
        count = 0
        for match in WORD.finditer(text, start, end):
            count += len(self._terms_of(match[0]))
            if count >= most:
                return most
        return count
