"""Posts like another: those that share the terms which tell it from the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import nlargest
from typing import Final

from whoosh.query import Query, Term

from search.engines.whoosh.compiling.queries import AllOf, AnyOf, Constant
from search.engines.whoosh.evaluating.scoring import K1, rarity
from search.engines.whoosh.index import Index
from search.engines.whoosh.reading.vectors import vector
from search.engines.whoosh.schema import POST, TEXT_BOOSTS

KEY_TERMS: Final = 12
"""How many terms of a field a post is compared by."""


def like(index: Index, segment: int, document: int) -> Query | None:
    """A query for posts with the terms that stand out in one, itself included; None where none do."""
    told = {name: vector(index.segments[segment], document, name) for name in TEXT_BOOSTS}
    found = [term for name, times in told.items() for term in _weighted(index, name, times)]
    return AllOf([Constant(Term("kind", POST)), AnyOf(found)]) if found else None


def _weighted(index: Index, name: str, times: Mapping[bytes, int]) -> Iterator[Term]:
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
