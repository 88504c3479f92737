"""What queries match and score, said document by document: the definition that arrays are compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import translate
from itertools import pairwise, product
from math import log
from typing import Any

from whoosh import query as whoosh
from whoosh.query import Query

from search.engines.whoosh.compiling.queries import AllOf, AnyOf, Constant, Near, Without
from tests.search.engines.whoosh.inverting import MadeIndex, stock_documents

Document = dict[str, Any]
"""Terms by field, and days."""

Scores = dict[int, float]
"""The score of each matching document, by its number in the whole index."""


class Reference:
    """All documents of an index, as lists of words."""

    def __init__(self, index: MadeIndex) -> None:
        self.documents: list[Document] = []
        for number, posts in enumerate(index.posts):
            self.documents += stock_documents(posts, chr(97 + number))

    def scores(self, query: Query) -> Scores:
        """The documents that match, with their scores."""
        found = {number: self._score(query, document) for number, document in enumerate(self.documents)}
        return {number: score for number, score in found.items() if score is not None}

    def _score(self, query: Any, document: Document) -> float | None:
        match query:
            case Constant():
                return self._constant(query.child, document, query.constant)
            case Without():
                return self._without(query.child, query.excluded, document)
            case Near():
                several = [
                    whoosh.Or([whoosh.Term(query.fieldname, term) for term in terms])
                    for terms in query.alternatives
                ]
                near = self._stands(query.fieldname, query.alternatives, document, query.slop, each=False)
                return self._all(several, document, query.boost) if near else None
            case whoosh.Term():
                return self._term(query.fieldname, query.text, document, query.boost)
            case AllOf() | whoosh.And():
                return self._all(query.subqueries, document, query.boost)
            case AnyOf() | whoosh.Or():
                return self._any(query.subqueries, document, query.boost)
            case whoosh.DisjunctionMax():
                scores = self._several(query.subqueries, document)
                return max(scores) * query.boost if scores else None
            case whoosh.Not():
                return 1.0 if self._score(query.query, document) is None else None
            case whoosh.AndNot():
                return self._without(query.a, query.b, document)
            case whoosh.AndMaybe():
                first, more = self._score(query.a, document), self._score(query.b, document)
                return None if first is None else first + (more or 0.0)
            case whoosh.Require():
                required = self._score(query.b, document) is not None
                return self._score(query.a, document) if required else None
            case whoosh.ConstantScoreQuery():
                return self._constant(query.child, document, query.score)
            case whoosh.Phrase():
                words = [(word,) for word in query.words]
                terms = [whoosh.Term(query.fieldname, word) for word in query.words]
                stands = self._stands(query.fieldname, words, document, query.slop, each=True)
                return self._all(terms, document, query.boost) if stands else None
            case whoosh.Every():
                there = query.fieldname is None or document.get(query.fieldname)
                return query.boost if there else None
            case whoosh.NumericRange():
                day = document.get(query.fieldname)
                return query.boost if day is not None and query.start <= day <= query.end else None
            case whoosh.Prefix():
                return self._pattern(query, document, re.escape(query.text) + ".*")
            case whoosh.Wildcard():
                return self._pattern(query, document, translate(query.text))
            case whoosh.TermRange():
                known = self._terms(query.fieldname)
                chosen = [each for each in known if (query.start or "") <= each <= (query.end or each)]
                return self._any_term(query, chosen, document)
            case _:
                raise TypeError(f"the reference does not know {query!r}")

    def _term(self, name: str, text: str, document: Document, boost: float) -> float | None:
        frequency = list(document.get(name, ())).count(text)
        if not frequency:
            return None
        if name not in ("title", "body"):
            return boost
        total = len(self.documents)
        having = sum(text in other.get(name, ()) for other in self.documents)
        average = sum(len(other.get(name, ())) for other in self.documents) / total
        norm = 1.2 * (0.25 + 0.75 * len(document[name]) / average)
        return boost * (log(total / (having + 1)) + 1) * frequency * 2.2 / (frequency + norm)

    def _several(self, queries: Sequence[Query], document: Document) -> list[float]:
        scores = [self._score(query, document) for query in queries]
        return [score for score in scores if score is not None]

    def _all(self, queries: Sequence[Query], document: Document, boost: float) -> float | None:
        scores = self._several(queries, document)
        return sum(scores) * boost if len(scores) == len(queries) else None

    def _any(self, queries: Sequence[Query], document: Document, boost: float) -> float | None:
        scores = self._several(queries, document)
        return sum(scores) * boost if scores else None

    def _without(self, query: Query, excluded: Query, document: Document) -> float | None:
        return self._score(query, document) if self._score(excluded, document) is None else None

    def _constant(self, query: Query, document: Document, score: float) -> float | None:
        return None if self._score(query, document) is None else score

    def _pattern(self, query: Any, document: Document, pattern: str) -> float | None:
        matches = re.compile(pattern).fullmatch
        chosen = [term for term in self._terms(query.fieldname) if matches(term)]
        return self._any_term(query, chosen, document)

    def _any_term(self, query: Any, chosen: Sequence[str], document: Document) -> float | None:
        return self._any([whoosh.Term(query.fieldname, t, query.boost) for t in chosen], document, 1.0)

    def _terms(self, name: str) -> list[str]:
        return sorted({term for document in self.documents for term in document.get(name, ())})

    def _stands(
        self, name: str, words: Sequence[Sequence[str]], document: Document, slop: int, *, each: bool
    ) -> bool:
        text = list(document.get(name, ()))
        places = [[place for place, term in enumerate(text) if term in terms] for terms in words]
        for choice in product(*places):
            steps = [after - before for before, after in pairwise(choice)]
            if all(step > 0 for step in steps):
                most = max(steps, default=0) <= slop if each else sum(steps) <= len(steps) + slop
                if most:
                    return True
        return False
