"""All values of a facet as their page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from search.results import SearchPage
from web import links, refine
from web.presenters import words
from web.presenters.facets import FacetBox, box
from web.presenters.search_page import Fields, fields_but


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet's page; `prefix` is what its values are to begin with, `left_out` how many are not listed."""

    title: str
    facet: FacetBox
    prefix: str
    left_out: int
    text: str
    fields: Fields
    back_url: str


def facet_view(page: SearchPage, name: str) -> FacetView:
    """The page of the facet of this name."""
    request = refine.as_shown(page.request)
    facet = page.facets[name]
    return FacetView(
        title=f"{words.FACET_TITLES[name]} — {words.search(request, page.match)}",
        facet=box(request, facet),
        prefix=page.request.facet_prefix,
        left_out=max(0, facet.distinct - len(facet.values)),
        text=request.query.text,
        fields=fields_but(request, "page"),
        back_url=links.search(request),
    )
