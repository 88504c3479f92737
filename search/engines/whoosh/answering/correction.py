"""What may have been meant where nothing was found: misspelt words replaced by words of the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from search.deadline import Deadline
from search.engines.whoosh.index import Index
from search.engines.whoosh.patterns.expansion import Expansion
from search.engines.whoosh.schema import WORDS_OF
from search.engines.whoosh.values import words
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
    Query,
    Wildcard,
    Word,
)
from search.text.words import query_terms, tokens

SHORTEST: Final = 3
"""Letters of a word that is worth correcting."""

MOST_UNKNOWN: Final = 8
"""Unknown words up to which a query is thought to be misspelt, and not to be about something else."""

LONG: Final = 5
"""Letters from which a word may be two edits away from what was meant."""


@dataclass(frozen=True, slots=True)
class Respelt:
    """The text of a query with words replaced, and which: each as typed with what is in its place."""

    text: str
    changes: tuple[tuple[str, str], ...]


def correct(query: Query, index: Index, languages: Sequence[str], deadline: Deadline) -> Respelt | None:
    """The query's text with each misspelt word replaced, everything else as typed; None if none is likely.

    A word that is found by its stem in any of the languages is not misspelt.
    """
    expansion = Expansion(index, deadline)
    replacements: dict[str, str] = {}
    long = [word for word in dict.fromkeys(_looked_for(query.node)) if len(word) >= SHORTEST]
    unknown = [word for word in long if not (word.isdigit() or _known(word, index, languages))]
    if len(unknown) > MOST_UNKNOWN:
        return None
    for word in unknown:
        if likely := _closest(word, expansion, index):
            replacements[word] = likely
    return _respelt(query.text, replacements)


def _respelt(text: str, replacements: Mapping[str, str]) -> Respelt | None:
    pieces, end = [], 0
    changes: dict[tuple[str, str], None] = {}
    for token in tokens(text, ""):
        if token.term in replacements and not text.startswith(":", token.end):
            likely = replacements[token.term]
            pieces += [text[end : token.start], likely]
            changes[text[token.start : token.end], likely] = None
            end = token.end
    return Respelt("".join([*pieces, text[end:]]), tuple(changes)) if changes else None


def _looked_for(node: Node) -> Iterator[str]:
    """The words that must be in a text."""
    match node:
        case Word(text, field) | Phrase(text, field) | Fuzzy(text, field):
            if field is None or field in TEXT_FIELDS:
                yield from words(text)
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from _looked_for(child)
        case Not() | Prefix() | Wildcard() | Everything() | DateRange() | InPosts() | InComments():
            return
        case _:
            assert_never(node)


def _closest(word: str, expansion: Expansion, index: Index) -> str | None:
    """The nearest word and, of equally near ones, the most used."""
    for distance in (1, 2) if len(word) >= LONG else (1,):
        if near := _near(word, distance, expansion, index):
            # Who misspells a word mostly has its first letter right.
            return max(sorted(near), key=lambda other: (other[0] == word[0], near[other]))
    return None


def _near(word: str, distance: int, expansion: Expansion, index: Index) -> Counter[str]:
    """The words of texts within so many edits, and how many documents have each in a title or a body."""
    near: Counter[str] = Counter()
    for name in (WORDS_OF[field] for field in TEXT_FIELDS):
        meant = expansion.fuzzy(word, distance, name).meant
        for segment, found in zip(index.segments, meant, strict=True):
            having = segment.fields[name].document_frequencies(found.numbers).tolist()
            for term, count in zip(found.terms(), having, strict=True):
                near[term.decode("utf-8", "replace")] += count
    return near


def _known(word: str, index: Index, languages: Sequence[str]) -> bool:
    terms = {term.encode() for alternatives in query_terms(word, languages) for term in alternatives}
    fields = [segment.fields[field] for segment in index.segments for field in TEXT_FIELDS]
    return any(field.find(term) >= 0 for field in fields for term in terms)
