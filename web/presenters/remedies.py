"""What to try where a search found nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from search.request import SearchRequest
from search.results import SearchPage
from web import links, refine
from web.presenters import words
from web.presenters.facets import chosen

MOST_FILTERS = 5
"""Filters that are left out one by one: each is a search of its own."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A search near one that found nothing, and what it finds: `3 posts`."""

    text: str
    url: str
    finds: str


def remedies(page: SearchPage, total: Callable[[SearchRequest], int]) -> tuple[Remedy, ...]:
    """The searches without one filter, and without any, that do find something.

    `total` says how many posts a search finds.
    """
    if page.total:
        return ()
    near = [(f"Without “{text}”", without) for text, without in chosen(page.request)]
    if len(near) > 1:
        near = [*near[:MOST_FILTERS], ("Without any filter", refine.without_filters(page.request))]
    return tuple(
        Remedy(text, links.search(request), words.posts(found))
        for text, request in near
        if (found := total(request))
    )
