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
from search.text.beginnings import Sign, anywhere, beginning, nearly, signs
from search.text.chunks import Chunks, Step
from search.text.edits import distance_within
from search.text.patterns import wildcard
from search.text.phrases import PhraseShape
from search.text.reading import PhraseSigns, Reading, Sought, together
from search.text.words import form, query_terms

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
        self._language = language
        self._steps: dict[str, list[Step]] = defaultdict(list)
        self._patterns: list[tuple[Callable[[str], bool], Step]] = []
        self._signs: dict[int, tuple[Sign, ...] | None] = {}
        self._phrases: dict[int, PhraseSigns] = {}
        for number, term in enumerate(terms):
            if term.field is None or term.field == field:
                self._prepare(number, term, (language, *languages))
        chunks = Chunks(language, self._steps, self._patterns, self._phrases)
        self._sought = Sought(chunks, self._signs, together(self._signs.values()), self._phrases)

    def _prepare(self, number: int, term: Term, languages: Sequence[str]) -> None:
        match term:
            case Word(text):
                self._prepare_words(number, query_terms(text, languages), 0)
            case Phrase(text, _, slop):
                self._prepare_words(number, query_terms(text, languages), slop)
            case Prefix(text):
                begun = form(text)
                found = signs([begun], self._language)
                self._prepare_pattern(number, lambda word: word.startswith(begun), found)
            case Wildcard(pattern):
                like = wildcard(form(pattern)).match
                found = _signs_of_pattern(form(pattern), self._language)
                self._prepare_pattern(number, lambda word: like(word) is not None, found)
            case Fuzzy(text, _, distance):
                near = partial(distance_within, form(text), limit=distance)
                self._prepare_pattern(number, near, nearly(form(text), distance))
            case _:
                assert_never(term)

    def _prepare_pattern(
        self, number: int, like: Callable[[str], bool], found: tuple[Sign, ...] | None
    ) -> None:
        self._patterns.append((like, Step(number, 0)))
        self._signs[number] = found

    def _prepare_words(self, number: int, positions: tuple[tuple[str, ...], ...], slop: int) -> None:
        for place, alternatives in enumerate(positions):
            for alternative in alternatives:
                self._steps[alternative].append(Step(number, place))
        found = tuple(
            signs([beginning(alternative, self._language) for alternative in alternatives], self._language)
            for alternatives in positions
        )
        if len(positions) > 1:
            self._phrases[number] = PhraseSigns(PhraseShape(len(positions), slop), found)
        elif found:
            self._signs[number] = found[0]

    def read(self, text: str, *, all_phrases: bool = True) -> Reading:
        """What there is of the terms in a text; of phrases all, or as many as a passage is chosen of."""
        return Reading(text, self._sought, all_phrases=all_phrases)


def _signs_of_pattern(pattern: str, language: str) -> tuple[Sign, ...] | None:
    """What a word like a pattern begins with or, where that is any letter, the most it has in one piece."""
    begun, *others = _ANY_LETTERS.split(pattern)
    return signs([begun], language) if begun else anywhere(max(others, key=len, default=""))
