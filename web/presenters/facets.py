"""Facets and chosen filters as the links that change them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.request import Scope, SearchRequest
from search.results import Facet, SearchPage
from web import links, refine
from web.presenters import words


@dataclass(frozen=True, slots=True)
class ValueLink:
    """A value of a facet and the search that choosing it, or leaving it, leads to."""

    label: str
    count: int
    selected: bool
    url: str

    @property
    def name(self) -> str:
        """The link as a screen reader says it: `Forbes, 12 posts`."""
        chosen = "; chosen, follow to remove" if self.selected else ""
        return f"{self.label}, {words.counted(self.count, 'post')}{chosen}"


@dataclass(frozen=True, slots=True)
class FacetBox:
    """One facet with its counted values; `more` leads to those not listed, if there are any."""

    name: str
    title: str
    values: tuple[ValueLink, ...]
    distinct: int
    more: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter in words, and the search without it."""

    text: str
    url: str


def boxes(page: SearchPage) -> tuple[FacetBox, ...]:
    """The facets that have values, without the dates, which are the timeline."""
    return tuple(
        box(page.request, facet) for facet in page.facets.values() if facet.values and facet.name != "date"
    )


def box(request: SearchRequest, facet: Facet) -> FacetBox:
    """A facet with its values as links."""
    listed = len(facet.values)
    more = links.search(refine.on_page(request, 1), f"/facets/{facet.name}")
    toggled = links.toggles(request, facet.name)
    return FacetBox(
        name=facet.name,
        title=words.FACET_TITLES[facet.name],
        values=tuple(
            ValueLink(words.label(facet.name, value), value.count, value.selected, toggled(value.value))
            for value in facet.values
        ),
        distinct=facet.distinct,
        more=more if facet.distinct > listed else "",
    )


def chips(request: SearchRequest) -> tuple[Chip, ...]:
    """Every filter of a search, in the order of its parameters."""
    return tuple(Chip(text, links.search(without)) for text, without in chosen(request))


def chosen(request: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    """Every filter of a search in words, and the search without it."""
    filters = request.filters
    for each in filters.values:
        title, step = words.FACET_TITLES[each.facet], refine.including if each.excluded else refine.toggled
        for value in each.values:
            text = f"{title}: {words.value(each.facet, value)}"
            yield f"not {text}" if each.excluded else text, step(request, each.facet, value)
    for period in filters.dates:
        yield f"Date: {words.day(period)}", refine.toggled(request, "date", str(period))
    if filters.after:
        yield f"From {words.day(filters.after)}", refine.without_after(request)
    if filters.before:
        yield f"Until {words.day(filters.before)}", refine.without_before(request)
    if request.scope is not Scope.ALL:
        yield words.SCOPES[request.scope], refine.within(request, Scope.ALL)
