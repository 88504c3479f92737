"""Where in a text the words of a query are: the occurrences that fragments mark and passages show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple, assert_never

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
from search.text.edits import distance_within
from search.text.patterns import wildcard
from search.text.phrases import Occurrence, Part, PhraseShape, phrases
from search.text.words import MAX_WORD, WORD, analyser, chunk_analyser, form, query_terms, tokens

_FEW = 50
"""Different chunks of interest up to which it is quicker to look for each than to read all words."""


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


class _Step(NamedTuple):
    """That a word is the whole of a term, or in a phrase the word at `place`."""

    term: int
    place: int


class _Found(NamedTuple):
    """What one word of a text is to the query: for each of its terms that matches, where and what."""

    positions: int
    hits: tuple[tuple[int, int, int, _Step], ...]
    """Position and characters within the word, and what is there."""


class Matcher:
    """Finds the terms in texts of one language and field.

    Each distinct word is compared with the query once. Most words of a text are not in a query, so first
    its distinct chunks, as white space divides it, are looked through for those that are.
    """

    def __init__(self, terms: Sequence[Term], languages: Sequence[str], language: str, field: str) -> None:
        self._steps: dict[str, list[_Step]] = defaultdict(list)
        self._patterns: list[tuple[Callable[[str], bool], _Step]] = []
        self._phrases: dict[int, PhraseShape] = {}
        for number, term in enumerate(terms):
            if term.field is None or term.field == field:
                self._prepare(number, term, (language, *languages))
        self._fits = _Fits(self._patterns)
        self._words = _Words(language, self._steps, self._fits)
        self._chunk_terms = chunk_analyser(language)
        self._chunk_forms = chunk_analyser("")  # patterns are meant for words as written, not for stems

    def _prepare(self, number: int, term: Term, languages: Sequence[str]) -> None:
        match term:
            case Word(text):
                self._prepare_words(number, query_terms(text, languages), 0)
            case Phrase(text, _, slop):
                self._prepare_words(number, query_terms(text, languages), slop)
            case Prefix(text):
                beginning = form(text)
                self._patterns.append((lambda word: word.startswith(beginning), _Step(number, 0)))
            case Wildcard(pattern):
                like = wildcard(form(pattern)).match
                self._patterns.append((lambda word: like(word) is not None, _Step(number, 0)))
            case Fuzzy(text, _, distance):
                near = partial(distance_within, form(text), limit=distance)
                self._patterns.append((near, _Step(number, 0)))
            case _:
                assert_never(term)

    def _prepare_words(self, number: int, positions: tuple[tuple[str, ...], ...], slop: int) -> None:
        if len(positions) > 1:
            self._phrases[number] = PhraseShape(len(positions), slop)
        for place, alternatives in enumerate(positions):
            for alternative in alternatives:
                self._steps[alternative].append(_Step(number, place))

    def occurrences(self, text: str) -> list[Occurrence]:
        """Every place of the text that matches, in order; they can overlap."""
        if not (self._steps or self._patterns):
            return []
        chunks = self._chunks_of_interest(set(text.split()))
        if not chunks:
            return []
        if len(chunks) > _FEW or self._may_hold_a_phrase(chunks):
            found = self._in_all_words(text)
        else:
            found = self._in_chunks(text, chunks)
        found.sort()
        return found

    def _chunks_of_interest(self, chunks: set[str]) -> list[str]:
        """The chunks that have a word of the query."""
        terms_of, others = self._chunk_terms, self._steps.keys().isdisjoint
        if not self._patterns:
            return [chunk for chunk in chunks if not others(terms_of(chunk))]
        forms_of, fits = self._chunk_forms, self._fits
        fitting = {written for written in set(chain.from_iterable(map(forms_of, chunks))) if fits[written]}
        return [
            chunk for chunk in chunks if not (fitting.isdisjoint(forms_of(chunk)) and others(terms_of(chunk)))
        ]

    def _may_hold_a_phrase(self, chunks: list[str]) -> bool:
        """Whether the chunks have all the words of any phrase: then their positions matter."""
        if not self._phrases:
            return False
        there = {
            step
            for chunk in chunks
            for term in self._chunk_terms(chunk)
            for step in self._steps.get(term, ())
        }
        return any(
            all(_Step(term, place) in there for place in range(shape.size))
            for term, shape in self._phrases.items()
        )

    def _in_chunks(self, text: str, chunks: list[str]) -> list[Occurrence]:
        """The occurrences in these chunks, wherever they stand, of all terms but phrases."""
        found: list[Occurrence] = []
        for chunk in chunks:
            inside = [
                (match.start() + start, match.start() + end, step.term)
                for match in WORD.finditer(chunk)
                if isinstance(what := self._words[match[0]], _Found)
                for _, start, end, step in what.hits
                if step.term not in self._phrases
            ]
            at = text.find(chunk)
            while inside and at >= 0:
                after = at + len(chunk)
                if (at == 0 or text[at - 1].isspace()) and (after == len(text) or text[after].isspace()):
                    found += [Occurrence(at + start, at + end, term) for start, end, term in inside]
                at = text.find(chunk, at + 1)
        return found

    def _in_all_words(self, text: str) -> list[Occurrence]:
        """The occurrences of all terms, word by word."""
        words, shapes = self._words, self._phrases
        found: list[Occurrence] = []
        parts: dict[int, list[Part]] = defaultdict(list)
        position = 0
        for match in WORD.finditer(text):
            what = words[match[0]]
            if isinstance(what, int):
                position += what
                continue
            offset = match.start()
            for index, start, end, (term, place) in what.hits:
                if term in shapes:
                    parts[term].append(Part(position + index, place, offset + start, offset + end))
                else:
                    found.append(Occurrence(offset + start, offset + end, term))
            position += what.positions
        for term, of_phrase in parts.items():
            found += phrases(of_phrase, shapes[term], term)
        return found


class _Fits(dict[str, tuple[_Step, ...]]):
    """The patterns that each word met so far fits, by its form."""

    def __init__(self, patterns: list[tuple[Callable[[str], bool], _Step]]) -> None:
        super().__init__()
        self._patterns = patterns

    def __missing__(self, written: str) -> tuple[_Step, ...]:
        fitting = self[written] = tuple(step for like, step in self._patterns if like(written))
        return fitting


class _Words(dict[str, "_Found | int"]):
    """What each word met so far is to the query; for one that is nothing, how many positions it takes."""

    def __init__(self, language: str, steps: dict[str, list[_Step]], fits: _Fits) -> None:
        super().__init__()
        self._language = language
        self._terms_of = analyser(language)
        self._forms_of = analyser("")
        self._steps = steps
        self._fits = fits

    def __missing__(self, word: str) -> _Found | int:
        terms, forms = self._terms_of(word), self._forms_of(word)
        found: _Found | int = len(terms)
        if not self._steps.keys().isdisjoint(terms) or any(map(self._fits.__getitem__, forms)):
            found = _Found(len(terms), tuple(self._hits(word, forms)))
        if len(word) <= MAX_WORD:
            self[word] = found
        return found

    def _hits(self, word: str, forms: tuple[str, ...]) -> Iterator[tuple[int, int, int, _Step]]:
        places = tokens(word, self._language)
        for index, ((term, start, end), written) in enumerate(zip(places, forms, strict=True)):
            for step in (*self._steps.get(term, ()), *self._fits[written]):
                yield index, start, end, step
