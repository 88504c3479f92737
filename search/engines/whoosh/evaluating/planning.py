"""From Whoosh's query objects to operators: one function for each kind of query, in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any as Whatever
from typing import Final

import numpy as np
from whoosh import query as whoosh
from whoosh.query import Query

from search.engines.whoosh.compiling.queries import AllOf, AnyOf, Constant, Near, Without
from search.engines.whoosh.evaluating.leaves import OF_TERMS, TEXTS, Leaves
from search.engines.whoosh.evaluating.operators.columns import PostsWithin
from search.engines.whoosh.evaluating.operators.foreign import Foreign
from search.engines.whoosh.evaluating.operators.operator import Operator
from search.engines.whoosh.evaluating.operators.phrases import InOrder
from search.engines.whoosh.evaluating.operators.sets import All, Any, But, Maybe, Nothing, Scored
from search.engines.whoosh.evaluating.run import Run
from search.engines.whoosh.patterns.vocabulary import vocabulary
from search.engines.whoosh.patterns.words_query import Words
from search.engines.whoosh.schema import COMMENT, POST
from search.engines.whoosh.segment.columns import KEYWORDS

_DAYS: Final = ("first_day", "last_day")


class Planner:
    """Plans queries for one search of one index.

    With `comments` false, only posts have to be right: operators need not find comments that match as their
    posts do. `scored` tells whether anybody asks for scores.
    """

    def __init__(self, run: Run, *, comments: bool = True, scored: bool = True) -> None:
        self.run = run
        self.comments = comments
        self.scored = scored
        self.leaves = Leaves(run, comments)

    def operator(self, query: Query) -> Operator:
        """The operator that finds what a query matches."""
        plan = PLANS.get(type(query))
        return Foreign(self.run, query) if plan is None else plan(self, query)

    def operators(self, queries: Iterable[Query]) -> list[Operator]:
        """The operators of several queries."""
        return [self.operator(query) for query in queries]

    def unscored(self) -> Planner:
        """One that plans for the same search, where nobody asks for scores."""
        return Planner(self.run, comments=self.comments, scored=False)

    def score(self, score: float) -> float:
        """What a document scores where a query says it: nothing, if nobody asks."""
        return score if self.scored else 0.0


def _nothing(planner: Planner, query: Query) -> Operator:  # noqa: ARG001 (every plan takes both)
    return Nothing()


def _term(planner: Planner, query: whoosh.Term) -> Operator:
    name, score = query.fieldname, planner.score(query.boost)
    if name == "kind":
        text = _utf8(query.text)
        posts, comments = text == POST.encode(), text == COMMENT.encode()
        return planner.leaves.span(score, posts=posts, comments=comments) if posts or comments else Nothing()
    if name in OF_TERMS:
        return planner.leaves.term(name, _utf8(query.text), score)
    return Foreign(planner.run, query)


def _words(planner: Planner, query: Words) -> Operator:
    return planner.leaves.any_term(query.fieldname, query.numbers, 0.0)


def _several_terms(planner: Planner, query: whoosh.Prefix | whoosh.FuzzyTerm | whoosh.TermRange) -> Operator:
    """Prefix, wildcard and the like: any of the terms that Whoosh finds for them."""
    name = query.field()
    if name not in OF_TERMS:
        return Foreign(planner.run, query)
    expanded = query.expanded_terms(planner.run.index.searcher().reader())
    terms = {_utf8(term) for _, term in expanded if term}
    score = planner.score(query.boost)
    return _any(planner, [planner.leaves.term(name, term, score) for term in sorted(terms)])


def _every(planner: Planner, query: whoosh.Every) -> Operator:
    score = planner.score(query.boost)
    if query.fieldname is None:
        return planner.leaves.span(score, posts=True, comments=planner.comments)
    if query.fieldname not in (*TEXTS, *KEYWORDS):
        return Foreign(planner.run, query)
    words = [
        vocabulary(planner.run.index, place, query.fieldname) for place in range(len(planner.run.segments))
    ]
    numbers = [np.arange(len(each)) for each in words]
    return planner.leaves.any_term(query.fieldname, numbers, score)


def _numbers(planner: Planner, query: whoosh.NumericRange) -> Operator:
    if query.fieldname not in _DAYS:
        return Foreign(planner.run, query)
    first = 0 if query.start is None else int(query.start) + query.startexcl
    last = np.iinfo(np.int32).max - 1 if query.end is None else int(query.end) - query.endexcl
    score = planner.score(query.boost if query.constantscore else 1.0)
    days = range(first, last + 1)
    return PostsWithin(planner.run, query.fieldname, days, score, comments=planner.comments)


def _any_of(planner: Planner, query: whoosh.Or) -> Operator:
    if query.scale:
        return Foreign(planner.run, query)
    return _boosted(query, _any(planner, planner.operators(query.subqueries)))


def _highest_of(planner: Planner, query: whoosh.DisjunctionMax) -> Operator:
    """Whoosh's own matcher takes, of the next documents of two queries, the higher score for either."""
    return _boosted(query, _any(planner, planner.operators(query.subqueries), highest=True))


def _all_of(planner: Planner, query: whoosh.And) -> Operator:
    operators = planner.operators(query.subqueries)
    if len(operators) < 2:
        return operators[0] if operators else Nothing()
    return _boosted(query, All(planner.run, operators))


def _but(planner: Planner, query: whoosh.AndNot | Without) -> Operator:
    found, excluded = (query.child, query.excluded) if isinstance(query, Without) else (query.a, query.b)
    operators = planner.operator(found), planner.unscored().operator(excluded)
    return But(planner.run, *operators)


def _not(planner: Planner, query: whoosh.Not) -> Operator:
    everything = planner.leaves.span(planner.score(1.0), posts=True, comments=planner.comments)
    excluded = planner.unscored().operator(query.query)
    return But(planner.run, everything, excluded)


def _maybe(planner: Planner, query: whoosh.AndMaybe) -> Operator:
    return Maybe(planner.run, planner.operator(query.a), planner.operator(query.b))


def _require(planner: Planner, query: whoosh.Require) -> Operator:
    required = Scored(planner.unscored().operator(query.b))
    return All(planner.run, [planner.operator(query.a), required])


def _constant(planner: Planner, query: Constant | whoosh.ConstantScoreQuery) -> Operator:
    score = query.constant if isinstance(query, Constant) else query.score
    return Scored(planner.unscored().operator(query.child), score=planner.score(score))


def _near(planner: Planner, query: Near) -> Operator:
    return _in_order(planner, query, slop=query.slop, each=False)


def _phrase(planner: Planner, query: whoosh.Phrase) -> Operator:
    if query.fieldname not in ("title", "body"):
        return Foreign(planner.run, query)
    words = Near(query.fieldname, [(word,) for word in query.words], boost=query.boost)
    return _in_order(planner, words, slop=query.slop, each=True)


def _in_order(planner: Planner, query: Near, *, slop: int, each: bool) -> Operator:
    if not query.alternatives:
        return Nothing()
    return InOrder(
        planner.run,
        query.fieldname,
        query.alternatives,
        scores=planner.operator(query.all_words()) if planner.scored else None,
        slop=slop,
        each=each,
    )


def _any(planner: Planner, operators: Sequence[Operator], *, highest: bool = False) -> Operator:
    if len(operators) < 2:
        return operators[0] if operators else Nothing()
    return Any(planner.run, operators, highest=highest)


def _boosted(query: whoosh.And | whoosh.Or | whoosh.DisjunctionMax, operator: Operator) -> Operator:
    """Whoosh passes over the boost of a single query's company."""
    if query.boost == 1.0 or len(query.subqueries) < 2:
        return operator
    return Scored(operator, times=query.boost)


def _utf8(term: str | bytes) -> bytes:
    return term.encode("utf-8", "surrogatepass") if isinstance(term, str) else term


PLANS: Final[Mapping[type[Query], Callable[[Planner, Whatever], Operator]]] = {
    type(whoosh.NullQuery): _nothing,
    whoosh.Term: _term,
    whoosh.Every: _every,
    whoosh.Prefix: _several_terms,
    whoosh.Wildcard: _several_terms,
    whoosh.Regex: _several_terms,
    whoosh.FuzzyTerm: _several_terms,
    whoosh.Variations: _several_terms,
    whoosh.TermRange: _several_terms,
    whoosh.NumericRange: _numbers,
    whoosh.And: _all_of,
    whoosh.Or: _any_of,
    whoosh.DisjunctionMax: _highest_of,
    whoosh.Not: _not,
    whoosh.AndNot: _but,
    whoosh.AndMaybe: _maybe,
    whoosh.Require: _require,
    whoosh.ConstantScoreQuery: _constant,
    whoosh.Phrase: _phrase,
    Constant: _constant,
    AllOf: _all_of,
    AnyOf: _any_of,
    Without: _but,
    Near: _near,
    Words: _words,
}
"""The queries that are answered on arrays. `Foreign` answers any other."""
