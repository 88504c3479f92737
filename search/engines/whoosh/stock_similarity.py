"""Posts like another: those that share the terms which tell it from the rest."""

from __future__ import annotations

from typing import Final

from whoosh.query import And, Or, Query, Term
from whoosh.searching import Searcher

from search.engines.whoosh.queries import Constant
from search.engines.whoosh.schema import POST, TEXT_BOOSTS

KEY_TERMS: Final = 20
"""How many terms of a field a post is compared by."""


def like(searcher: Searcher, document: int) -> Query | None:
    """A query for posts with the terms that stand out in a document; None where none do."""
    terms = [
        Term(field, term, boost=weight * boost)
        for field, boost in TEXT_BOOSTS.items()
        if searcher.reader().has_vector(document, field)
        for term, weight in searcher.key_terms([document], field, numterms=KEY_TERMS)
        if weight > 0
    ]
    return And([Constant(Term("kind", POST)), Or(terms)]) if terms else None
