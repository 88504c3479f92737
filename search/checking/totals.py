"""How many posts have each value: counted from the store, and as the index counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from search.model import Post, Precision
from search.request import KEYWORD_FACETS, MAX_FACET_SIZE, FacetOrder, SearchRequest
from search.results import FacetValue, Matches
from search.text.words import fold

DATE: Final = "date"

Totals: TypeAlias = Counter[tuple[str, str]]
"""How many posts have a value, by facet and value; values of keyword facets are folded."""

Search: TypeAlias = Callable[[SearchRequest], Matches]

_MONTH: Final = len("2025-03")
_LENGTHS: Final = {
    Precision.YEAR: (4,),
    Precision.MONTH: (4, _MONTH),
    Precision.DAY: (4, _MONTH, 10),
    Precision.TIME: (4, _MONTH, 10),
}
"""How much of a date written in full each of the periods has in which a post is counted."""


def totals_of(posts: Iterable[Post]) -> Totals:
    """Count the values of posts, the years, months and days of their dates among them."""
    totals: Totals = Counter()
    for post in posts:
        totals.update(_values(post))
    return totals


def _values(post: Post) -> set[tuple[str, str]]:
    written = {
        "blog": (post.blog.name,),
        "author": post.authors,
        "tag": post.tags,
        "publication": (post.publication,),
        "reporter": post.reporters,
        "language": (post.language,),
    }
    values = {(facet, folded(value)) for facet in KEYWORD_FACETS for value in written[facet]}
    if post.date:
        day = post.date.first_day.isoformat()
        values |= {(DATE, day[:length]) for length in _LENGTHS[post.date.precision]}
    return {(facet, value) for facet, value in values if value}


def folded(value: str) -> str:
    """A value as it is compared with others."""
    return " ".join(fold(value).split())


def totals_told(search: Search) -> Totals:
    """All values that an index tells of, over all posts."""
    totals: Totals = Counter()
    for facet in KEYWORD_FACETS:
        for value in _pages(search, facet):
            totals[facet, folded(value.label)] += value.count
    for date in _dates(search):
        totals[DATE, date.value] = date.count
    return totals


def _pages(search: Search, facet: str) -> Iterator[FacetValue]:
    offset = 0
    while True:
        request = SearchRequest(
            size=1,
            facets=(facet,),
            facet_size=MAX_FACET_SIZE,
            facet_offset=offset,
            facet_order=FacetOrder.NAME,
        )
        values = search(request).facets[facet].values
        yield from values
        offset += len(values)
        if len(values) < MAX_FACET_SIZE:
            return


def _dates(search: Search) -> Iterator[FacetValue]:
    """Years, months and days; days are told of one month at a time."""
    for year in search(SearchRequest(size=1, facets=(DATE,))).facets[DATE].values:
        yield year
        for month in year.children:
            yield month
            of_month = SearchRequest(size=1, facets=(DATE,), facet_prefix=month.value)
            for opened in search(of_month).facets[DATE].values:
                yield from (day for same in opened.children for day in same.children)


def disagreements(stored: Totals, told: Totals) -> Iterator[tuple[str, str, int, int]]:
    """The facets and values of which the counts differ, with that of the store and that of the index."""
    for facet, value in sorted(stored.keys() | told.keys()):
        counts = stored[facet, value], told[facet, value]
        if counts[0] != counts[1]:
            yield facet, value, *counts
