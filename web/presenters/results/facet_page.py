"""All values of a facet as their page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from search.request import FacetOrder, SearchRequest
from search.results import Facet, SearchPage
from web import links, refine
from web.language.voice import gettext
from web.presenters import paging, words
from web.presenters.fields import Fields, fields_but
from web.presenters.results.choice import Choice
from web.presenters.results.facets import Chip, FacetBox, ValueLink, box, chips, dates


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet's page; that of dates has `dates`, divided, in place of the values of its box.

    `summary` says how many values there are and of which search; `prefix` is how a word of each begins, empty
    for any, and `cleared` is the page without it. `previous` and `next` are empty at the ends, `place` says
    which page this is where there are several. `orders` are those that the values can be in.
    """

    title: str
    heading: str
    facet: FacetBox
    dates: tuple[ValueLink, ...]
    summary: str
    chips: tuple[Chip, ...]
    orders: tuple[Choice, ...]
    prefix: str
    cleared: str
    place: str
    previous: str
    next: str
    text: str
    box_fields: Fields
    back_url: str


def facet_view(page: SearchPage, name: str) -> FacetView:
    """The page of the facet of this name."""
    asked, facet = page.request, page.facets[name]
    request = refine.as_shown(asked)
    place = paging.place_among_values(page, facet)

    def at(other: int) -> str:
        return links.facet(asked, name, prefix=asked.facet_prefix, page=other, size=asked.facet_size)

    heading = words.facet_title(name)
    searched = words.search(request, page.match)
    return FacetView(
        title=gettext("%(facet)s — %(search)s", facet=heading, search=searched),
        heading=heading,
        facet=box(request, facet, in_full=True),
        dates=tuple(dates(request, facet.values)) if name == "date" else (),
        summary=gettext("%(values)s in: %(search)s", values=words.values(facet.distinct), search=searched),
        chips=chips(request),
        orders=_orders(asked, facet) if name != "date" else (),
        prefix=asked.facet_prefix,
        cleared=links.facet(request, name),
        place=_said(place) if place.last > 1 else "",
        previous=at(min(place.number - 1, place.last)) if place.number > 1 else "",
        next=at(place.number + 1) if place.number < place.last else "",
        text=request.query.text,
        box_fields=fields_but(request, "q", "page"),
        back_url=links.search(request),
    )


def _orders(asked: SearchRequest, facet: Facet) -> tuple[Choice, ...]:
    def at(order: FacetOrder) -> str:
        request = refine.ordered_by(asked, order)
        return links.facet(request, facet.name, prefix=asked.facet_prefix, size=asked.facet_size)

    orders = FacetOrder if facet.distinct > 1 else ()
    return tuple(Choice(words.order(order), at(order), order is asked.facet_order) for order in orders)


def _said(place: paging.Place) -> str:
    number, last = words.number(place.number), words.number(place.last)
    return gettext("Page %(number)s of %(last)s", number=number, last=last)
