"""Posts like another: those that share the terms which tell it from the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import nlargest
from typing import Final

import numpy as np
from whoosh.query import Query, Term

from search.engines.whoosh.evaluating.index import Index
from search.engines.whoosh.evaluating.scoring import K1, rarity
from search.engines.whoosh.queries import AllOf, AnyOf, Constant
from search.engines.whoosh.schema import POST, TEXT_BOOSTS
from search.engines.whoosh.segment.columns import SegmentColumns
from search.text.words import terms

KEY_TERMS: Final = 12
"""How many terms of a field a post is compared by."""


def like(index: Index, segment: int, document: int) -> Query | None:
    """A query for posts with the terms that stand out in one, itself included; None where none do."""
    found = [*_of_title(index, segment, document), *_of_body(index, segment, document)]
    return AllOf([Constant(Term("kind", POST)), AnyOf(found)]) if found else None


def _of_title(index: Index, segment: int, document: int) -> Iterator[Term]:
    """The stems of its title, which are not stored."""
    columns = index.segments[segment].columns
    stems = Counter(terms(columns.titles[document], _language(columns, document)))
    return _weighted(index, "title", {stem.encode(): times for stem, times in stems.items()})


def _of_body(index: Index, segment: int, document: int) -> Iterator[Term]:
    """The key terms of its body, which were chosen when the segment was written."""
    columns, body = index.segments[segment].columns, index.segments[segment].fields["body"]
    times: dict[bytes, int] = {}
    for number in columns.key_terms[columns.key_starts[document] : columns.key_starts[document + 1]].tolist():
        place = body.documents(number).searchsorted(document)
        times[body.terms(range(number, number + 1))[0]] = int(body.frequencies(number)[place])
    return _weighted(index, "body", times)


def _weighted(index: Index, name: str, times: dict[bytes, int]) -> Iterator[Term]:
    """The most telling of some terms, given how often the post has each, with what each counts.

    That is tf · idf, where tf grows as in BM25: saying a word ten times is not ten times as telling.
    """
    documents, weights = index.statistics.documents, dict[bytes, float]()
    for term, count in times.items():
        having = _document_frequency(index, name, term)
        if having > 1:  # or nobody else has it
            weights[term] = count / (count + K1) * rarity(documents, having)
    for term in nlargest(KEY_TERMS, weights, key=weights.__getitem__):
        yield Term(name, term.decode("utf-8", "replace"), boost=TEXT_BOOSTS[name] * weights[term])


def _document_frequency(index: Index, name: str, term: bytes) -> int:
    fields = [segment.fields[name] for segment in index.segments]
    found = [(field, number) for field in fields if (number := field.find(term)) >= 0]
    return sum(int(field.document_frequencies((number,))[0]) for field, number in found)


def _language(columns: SegmentColumns, document: int) -> str:
    keyword = columns.keywords["language"]
    place = np.flatnonzero(keyword.owners == document)
    value = np.searchsorted(keyword.starts, place, side="right") - 1
    return keyword.values[int(value[0])] if len(value) else ""
