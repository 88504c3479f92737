"""What is asked of an archive, checked once: an existing `SearchRequest` is within every limit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from search.errors import InvalidRequest
from search.message import message
from search.model import Period
from search.query.ast import EMPTY, And, Node, Not, Or, Query

MAX_QUERY_LENGTH = 1_000
"""Characters in a query."""
MAX_QUERY_TERMS = 64
"""Words in a query, those of phrases and patterns included."""
MAX_QUERY_BRACKETS = 64
"""Opening brackets in a query."""
MAX_RESULT_DEPTH = 10_000
"""How deep pages reach: `page * size` is at most this."""
MAX_PAGE_SIZE = 100
MAX_FACET_SIZE = 1_000

KEYWORD_FACETS = ("blog", "author", "tag", "publication", "reporter", "language")
"""Facets of whole values, in the order they are shown."""
FACETS = (*KEYWORD_FACETS, "date")
"""Everything that can be counted."""


_GENERATION = re.compile(r"\d{6,18}", re.ASCII)


class Scope(StrEnum):
    """Where words are looked for."""

    ALL = "all"
    POSTS = "posts"
    COMMENTS = "comments"


class MatchMode(StrEnum):
    """Whether a post must have all the words, or any."""

    ALL = "all"
    ANY = "any"


class Sort(StrEnum):
    """The order of results. Undated posts come last in both orders of date.

    With nothing to score (an empty query, filters alone) relevance is newest first.
    """

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    COMMENTS = "comments"


class FacetOrder(StrEnum):
    """The order of a facet's values: most frequent first, or by the alphabet. Dates are always in order."""

    COUNT = "count"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class ValueFilter:
    """Posts that have any of these values in a keyword facet, or with `excluded` none of them.

    Values are compared whatever the case and accents.
    """

    facet: str
    values: tuple[str, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """What the results are limited to: every value filter, and the dates.

    `dates` is any of these periods; `after` is from its first day on and `before` until its last day.
    A post is in a period when all of its own period is, so a post known only by year is in no month.
    """

    values: tuple[ValueFilter, ...] = ()
    dates: tuple[Period, ...] = ()
    after: Period | None = None
    before: Period | None = None

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values of this facet that results may have: the ones a page shows as selected."""
        if facet == "date":
            return tuple(str(period) for period in self.dates)
        return tuple(v for f in self.values if f.facet == facet and not f.excluded for v in f.values)

    def __bool__(self) -> bool:
        return bool(self.values or self.dates or self.after or self.before)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search: a query, filters, and which slice of the results in which order.

    `facets` are counted, each with its first `facet_size` values in `facet_order` after the first
    `facet_offset` (of those with a word that begins with `facet_prefix`, whatever the case and accents),
    and on the first page of them all selected ones, wherever they would stand. Years are all listed, after
    the first `facet_offset`.

    `generation` names the state of the index that is to answer, as an earlier page of the same results
    did; empty is the newest. The last two before the newest are kept: `GenerationGone` is raised by what
    is asked of any other.

    Raises `InvalidRequest` when made beyond a limit.
    """

    query: Query = EMPTY
    filters: Filters = field(default_factory=Filters)
    scope: Scope = Scope.ALL
    match: MatchMode = MatchMode.ALL
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 10
    facets: tuple[str, ...] = FACETS
    facet_size: int = 10
    facet_prefix: str = ""
    facet_offset: int = 0
    facet_order: FacetOrder = FacetOrder.COUNT
    generation: str = ""

    def __post_init__(self) -> None:
        self._check_query()
        self._check_paging()
        self._check_facets()

    def _check_query(self) -> None:
        if (length := len(self.query.text)) > MAX_QUERY_LENGTH:
            raise InvalidRequest(
                "q",
                message(
                    "%(length)s characters; a query has at most %(most)s",
                    length=length,
                    most=MAX_QUERY_LENGTH,
                ),
            )
        if (terms := count_terms(self.query.node)) > MAX_QUERY_TERMS:
            raise InvalidRequest(
                "q",
                message(
                    "%(words)s words; at most %(most)s can be searched for at once",
                    words=terms,
                    most=MAX_QUERY_TERMS,
                ),
            )
        if (brackets := self.query.text.count("(")) > MAX_QUERY_BRACKETS:
            raise InvalidRequest(
                "q",
                message(
                    "%(brackets)s opening brackets; at most %(most)s can be used",
                    brackets=brackets,
                    most=MAX_QUERY_BRACKETS,
                ),
            )

    def _check_paging(self) -> None:
        if self.page < 1:
            raise InvalidRequest("page", message("pages count from 1"))
        if not 1 <= self.size <= MAX_PAGE_SIZE:
            raise InvalidRequest("size", message("a page has 1 to %(most)s results", most=MAX_PAGE_SIZE))
        if self.page * self.size > MAX_RESULT_DEPTH:
            raise InvalidRequest(
                "page",
                message("pages reach %(most)s results deep; narrow the search", most=MAX_RESULT_DEPTH),
            )
        if self.generation and not _GENERATION.fullmatch(self.generation):
            raise InvalidRequest(
                "generation", message("not a generation of the index; leave it out for the newest")
            )

    def _check_facets(self) -> None:
        if not 1 <= self.facet_size <= MAX_FACET_SIZE:
            raise InvalidRequest("size", message("a facet shows 1 to %(most)s values", most=MAX_FACET_SIZE))
        if self.facet_offset < 0:
            raise InvalidRequest("page", message("pages count from 1"))
        for facet in self.facets:
            if facet not in FACETS:
                known = ", ".join(FACETS)
                raise InvalidRequest(
                    "facets",
                    message("%(given)s is not one of %(known)s", given=repr(facet[:40]), known=known),
                )
        for value_filter in self.filters.values:
            if value_filter.facet not in KEYWORD_FACETS:
                known = ", ".join(KEYWORD_FACETS)
                raise InvalidRequest(value_filter.facet, message("filters are %(known)s", known=known))

    @property
    def offset(self) -> int:
        """How many results come before this page."""
        return (self.page - 1) * self.size


def count_terms(node: Node) -> int:
    """How many words, phrases and patterns a query has; a phrase counts its words."""
    match node:
        case And(nodes) | Or(nodes):
            return sum(count_terms(child) for child in nodes)
        case Not(child):
            return count_terms(child)
        case _:
            return len(getattr(node, "text", getattr(node, "pattern", "")).split())
