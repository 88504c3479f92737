"""The pages around one, for programs: all of one generation, so that they fit together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.results import Facet, SearchPage
from web import links, params, refine
from web.presenters import paging


@dataclass(frozen=True, slots=True)
class Series:
    """The addresses of pages of one series. `previous` and `next` are None at the ends."""

    first: str
    previous: str | None
    next: str | None

    @property
    def header(self) -> str:
        """The same as the value of a `Link` header (RFC 8288)."""
        relations = (("first", self.first), ("prev", self.previous), ("next", self.next))
        return ", ".join(f'<{url}>; rel="{relation}"' for relation, url in relations if url)


def of_results(page: SearchPage, path: str = "/search.json") -> Series:
    """The pages of a search."""
    request = replace(page.request, generation=page.generation)
    last = paging.last_page(page)

    def at(number: int) -> str:
        return links.search(refine.on_page(request, number), path)

    return Series(
        first=at(1),
        previous=at(min(request.page - 1, last)) if request.page > 1 else None,
        next=at(request.page + 1) if request.page < last else None,
    )


def of_values(page: SearchPage, facet: Facet) -> Series:
    """The pages of a facet's values."""
    request = replace(page.request, generation=page.generation)
    size, place = request.facet_size, paging.place_among_values(page, facet)

    def at(number: int) -> str:
        query = params.write_facet(request, prefix=request.facet_prefix, page=number, size=size)
        return f"/facets/{facet.name}.json?{query}" if query else f"/facets/{facet.name}.json"

    return Series(
        first=at(1),
        previous=at(min(place.number - 1, place.last)) if place.number > 1 else None,
        next=at(place.number + 1) if place.number < place.last else None,
    )
