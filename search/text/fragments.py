"""Fragments: a text, or its best passages, with the words that a query matched told apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from search.query.ast import Node, Phrase, Term
from search.results import Fragment, Fragments, Snippet
from search.text.matching import Matcher, text_terms
from search.text.passages import Passage, Weights, beginning, best_passages
from search.text.phrases import Occurrence
from search.text.survey import EDGE, promising

_SPACES = re.compile(r"\s+")
_SEEN = re.compile(r"\S")


Spellings: TypeAlias = dict[int, dict[str, None]]
"""How each of a query's terms, by its number, is written where it was found: some, in order, each once."""

_MOST_SPELLINGS: Final = 8
"""Of a term: more are different in nothing but capitals."""


class Highlighter:
    """Marks what a query matched in texts of an archive that holds these languages.

    Words match as they do in a search: by the stem of the text's language, whatever the case and
    accents. A field's word marks in that field only; what is excluded, and fields of whole values, mark
    nothing. Time is linear in a text. Made for one request, and safe for threads.
    """

    def __init__(self, node: Node, languages: Sequence[str]) -> None:
        self._terms = tuple(dict.fromkeys(text_terms(node)))
        self._weights = Weights({n for n, term in enumerate(self._terms) if isinstance(term, Phrase)})
        self._names_fields = any(term.field for term in self._terms)
        self._languages = tuple(languages)
        self._matchers: dict[tuple[str, str], Matcher] = {}

    @property
    def matches_anything(self) -> bool:
        """Whether there is any word in the query that a text could match."""
        return bool(self._terms)

    @property
    def terms(self) -> tuple[Term, ...]:
        """What of the query texts can match, by their numbers."""
        return self._terms

    def mark(
        self, text: str, language: str, field: str = "body", spellings: Spellings | None = None
    ) -> Fragments:
        """The whole text as fragments; empty for an empty text. What is found is put into `spellings`."""
        found = self._matcher(language, field).read(text).occurrences()
        if spellings is not None:
            _note(text, found, spellings)
        pieces = _pieces(text, found, Passage(0, len(text)))
        return tuple([Fragment(piece, matched) for piece, matched in pieces])

    def snippets(
        self,
        text: str,
        language: str,
        field: str = "body",
        most: int = 3,
        spellings: Spellings | None = None,
    ) -> tuple[Snippet, ...]:
        """The best passages of a text, best first, of about 220 characters each, white space collapsed.

        Where nothing matched it is the text's beginning; of a blank text there is none. What is found is put
        into `spellings`; where that is very much, what of it may be shown.
        """
        reading = self._matcher(language, field).read(text, all_phrases=False)
        crowded = reading.is_crowded
        found = promising(reading, self._weights, most) if crowded else reading.occurrences()
        if spellings is not None:
            _note(text, found, spellings)
        passages = best_passages(text, found, self._weights, most)
        if not passages and (first := beginning(text)):
            passages = [first]
        if crowded:
            found = [
                each for start, end in sorted(passages) for each in reading.occurrences(start - EDGE, end)
            ]
        return tuple(_snippet(text, found, passage, field) for passage in passages)

    def _matcher(self, language: str, field: str) -> Matcher:
        key = (language, field if self._names_fields else "")
        matcher = self._matchers.get(key)
        if matcher is None:
            matcher = self._matchers[key] = Matcher(self._terms, self._languages, language, field)
        return matcher


def _note(text: str, occurrences: Iterable[Occurrence], spellings: Spellings) -> None:
    for start, end, term in occurrences:
        known = spellings.get(term)
        if known is None:
            spellings[term] = {text[start:end]: None}
        elif len(known) < _MOST_SPELLINGS:
            known[text[start:end]] = None


def _pieces(text: str, occurrences: Iterable[Occurrence], passage: Passage) -> Iterator[tuple[str, bool]]:
    """The passage in pieces, and whether each is marked; what overlaps or touches is one."""
    done, stop = passage
    marked = marked_to = done
    for start, end, _ in occurrences:
        if start >= stop:
            break
        if start > marked_to:
            if done < marked:
                yield text[done:marked], False
            if marked < marked_to:
                yield text[marked:marked_to], True
            done, marked = marked_to, start
        marked_to = max(marked_to, end)
    marked_to = min(marked_to, stop)
    if done < marked:
        yield text[done:marked], False
    if marked < marked_to:
        yield text[marked:marked_to], True
    if marked_to < stop:
        yield text[marked_to:stop], False


def _snippet(text: str, occurrences: list[Occurrence], passage: Passage, field: str) -> Snippet:
    """The passage as a reader sees it."""
    within = occurrences[: bisect_left(occurrences, (passage.end,))]
    pieces = _pieces(text, within, passage)
    shown = text[passage.start : passage.end]
    if not _is_tidy(shown):
        pieces = (
            (piece if _is_tidy(piece) else _SPACES.sub(" ", piece), matched) for piece, matched in pieces
        )
    fragments = tuple([Fragment(piece, matched) for piece, matched in pieces])
    before = _SEEN.search(text, 0, passage.start) is not None
    return Snippet(field, fragments, before, after=_SEEN.search(text, passage.end) is not None)


def _is_tidy(text: str) -> bool:
    """Whether there is no white space but single spaces."""
    return text.isprintable() and "  " not in text
