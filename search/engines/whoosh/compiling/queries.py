"""The query classes that Whoosh lacks, in its own interface, so that its `Searcher` runs them."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from whoosh.matching import FilterMatcher, ListMatcher, Matcher
from whoosh.query import And, Or, Query, Term
from whoosh.reading import IndexReader

FEW: Final = 8
"""Queries up to which documents are merged as they are asked for."""


class Constant(Query):
    """The documents of another query, all with the same score; 0 for what only limits."""

    def __init__(self, child: Query, score: float = 0.0) -> None:
        self.child = child
        self.constant = score

    def __repr__(self) -> str:
        return f"Constant({self.child!r}, {self.constant})"

    def estimate_size(self, ixreader: IndexReader) -> int:
        """How many documents it may match."""
        return int(self.child.estimate_size(ixreader))

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:  # noqa: ARG002 (part of `Query`)
        """The matching documents of one segment."""
        matching = self.child.matcher(searcher, searcher.boolean_context())
        documents = array("I", matching.all_ids())
        return ListMatcher(documents, weights=array("f", [self.constant]) * len(documents))


class AnyOf(Or):
    """Any of the queries. Whoosh's own `Or` loses documents that score 0 where it adds up in arrays.

    More than a few are added up document by document: merging them takes a step of every one for each.
    """

    matcher_type = Or.DEFAULT_MATCHER

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The matching documents of one segment, scored by the sum of the queries'."""
        context = context or searcher.context()
        if len(self.subqueries) <= FEW or context.weighting is None:
            merged: Matcher = Or.matcher(self, searcher, context)
            return merged
        scores: defaultdict[int, float] = defaultdict(float)
        for query in self.subqueries:
            for document, score in _scored(query.matcher(searcher, context)):
                scores[document] += score
        return _listed(scores)


class AllOf(And):
    """All of the queries; more than a few are added up as those of `AnyOf` are, the rarest first."""

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The matching documents of one segment, scored by the sum of the queries'."""
        context = context or searcher.context()
        if len(self.subqueries) <= FEW or context.weighting is None:
            merged: Matcher = And.matcher(self, searcher, context)
            return merged
        rarest, *others = sorted(self.subqueries, key=lambda query: query.estimate_size(searcher.reader()))
        scores = dict(_scored(rarest.matcher(searcher, context)))
        for query in others:
            matching = _scored(query.matcher(searcher, context)) if scores else ()
            scores = {
                document: scores[document] + score for document, score in matching if document in scores
            }
        return _listed(scores)


def _scored(matching: Matcher) -> Iterator[tuple[int, float]]:
    while matching.is_active():
        yield matching.id(), matching.score()
        matching.next()


def _listed(scores: Mapping[int, float]) -> Matcher:
    documents = sorted(scores)
    return ListMatcher(documents, weights=array("f", [scores[document] for document in documents]))


class Without(Query):
    """The documents of one query that are not among another's.

    Whoosh's own `AndNot` lets the first document pass where the excluded ones begin before it.
    """

    def __init__(self, child: Query, excluded: Query) -> None:
        self.child = child
        self.excluded = excluded

    def __repr__(self) -> str:
        return f"Without({self.child!r}, {self.excluded!r})"

    def estimate_size(self, ixreader: IndexReader) -> int:
        """How many documents it may match."""
        return int(self.child.estimate_size(ixreader))

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The matching documents of one segment, scored as those of the first query."""
        excluded = set(self.excluded.matcher(searcher, searcher.boolean_context()).all_ids())
        return FilterMatcher(self.child.matcher(searcher, context), excluded, exclude=True)


class Near(Query):
    """Words in this order with at most `slop` other words among them, in all.

    Each word is any of its alternatives (the stems that different languages give it). Whoosh's own
    `Phrase` knows neither alternatives nor a slop for the phrase as a whole. The score is that of all
    the words.
    """

    def __init__(
        self, fieldname: str, alternatives: Sequence[Sequence[str]], slop: int = 0, boost: float = 1.0
    ) -> None:
        self.fieldname = fieldname
        self.alternatives = tuple(tuple(terms) for terms in alternatives)
        self.slop = slop
        self.boost = boost

    def __repr__(self) -> str:
        return f"Near({self.fieldname!r}, {self.alternatives!r}, slop={self.slop}, boost={self.boost})"

    def all_words(self) -> Query:
        """The query for documents that have all the words, wherever they stand."""
        times = Counter(self.alternatives)
        return AllOf(
            [
                Or([Term(self.fieldname, term, boost=self.boost * count) for term in terms])
                for terms, count in times.items()
            ]
        )

    def estimate_size(self, ixreader: IndexReader) -> int:
        """How many documents it may match: those with all the words."""
        return int(self.all_words().estimate_size(ixreader))

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The matching documents of one segment, scored."""
        having_all = self.all_words().matcher(searcher, context or searcher.context())
        reader = searcher.reader()
        places = {terms: _Places(reader, self.fieldname, terms) for terms in self.alternatives}
        documents, scores = array("I"), array("f")
        while having_all.is_active():
            document = having_all.id()
            found = {terms: place.of(document) for terms, place in places.items()}
            if within([found[terms] for terms in self.alternatives], self.slop):
                documents.append(document)
                scores.append(having_all.score())
            having_all.next()
        return ListMatcher(documents, weights=scores)


class _Places:
    """Where the alternatives of one word stand, document by document, in ascending order."""

    def __init__(self, reader: IndexReader, fieldname: str, terms: Sequence[str]) -> None:
        present = [term for term in terms if (fieldname, term.encode()) in reader]
        self._matchers = [reader.postings(fieldname, term) for term in present]

    def of(self, document: int) -> list[int]:
        """The sorted positions in a document, which is none of those asked for before."""
        positions: set[int] = set()
        for matcher in self._matchers:
            if matcher.is_active() and matcher.id() < document:
                matcher.skip_to(document)
            if matcher.is_active() and matcher.id() == document:
                positions.update(matcher.value_as("positions"))
        return sorted(positions)


def within(places: Sequence[Sequence[int]], slop: int) -> bool:
    """Whether one position of each can be picked, ascending, with at most `slop` others among them.

    From each first position the nearest next ones are best, so no other choice needs to be tried.
    """
    first, *rest = places
    most = len(rest) + slop
    for start in first:
        position = start
        for positions in rest:
            following = bisect_right(positions, position)
            if following == len(positions):
                return False
            position = positions[following]
        if position - start <= most:
            return True
    return False
