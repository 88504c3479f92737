"""Which pages of the results there are, as links."""

from __future__ import annotations

from dataclasses import dataclass

from search.request import MAX_RESULT_DEPTH
from search.results import Facet, SearchPage
from web import links, refine

AROUND = 2
"""Pages shown at either side of the current one, and at both ends."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page; number 0 stands for the pages left out."""

    number: int
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of the results. `previous` and `next` are empty at the ends."""

    pages: tuple[PageLink, ...]
    previous: str
    next: str


def last_page(page: SearchPage) -> int:
    """The last page that can be asked for; at least 1."""
    size = page.request.size
    return max(1, min(-(-page.total // size), MAX_RESULT_DEPTH // size))


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of several this is, counted from 1; one past the end has a number above the last."""

    number: int
    last: int


def place_among_values(page: SearchPage, facet: Facet) -> Place:
    """Which page of a facet's values was asked for. Dates are on one, as years are few."""
    offset, size = page.request.facet_offset, page.request.facet_size
    last = 1 if facet.name == "date" else max(1, min(-(-facet.distinct // size), MAX_RESULT_DEPTH))
    return Place(offset // size + 1, last)


def pager(page: SearchPage, path: str = "/search") -> Pager:
    """The links to other pages, around the current one and at both ends."""
    current, last = page.request.page, last_page(page)

    def url(number: int) -> str:
        return links.search(refine.on_page(page.request, number), path)

    shown = sorted(
        number for number in {1, *range(current - AROUND, current + AROUND + 1), last} if 1 <= number <= last
    )
    pages: list[PageLink] = []
    for number in shown:
        if pages and number > pages[-1].number + 1:
            pages.append(PageLink(0))
        pages.append(PageLink(number, url(number), current=number == current))
    return Pager(
        pages=tuple(pages),
        previous=url(min(current - 1, last)) if current > 1 else "",
        next=url(current + 1) if current < last else "",
    )
