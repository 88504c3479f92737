"""Facets and chosen filters as the links that change them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from search.model import Period
from search.request import Scope, SearchRequest
from search.results import Facet, FacetValue, SearchPage
from web import links, refine
from web.presenters import words


@dataclass(frozen=True, slots=True)
class ValueLink:
    """A value of a facet and the search that choosing it, or leaving it, leads to.

    `share` is its count in percent of the largest in the facet, for a bar; `children` divide a year.
    """

    label: str
    count: int
    selected: bool
    url: str
    share: int = 0
    children: tuple[ValueLink, ...] = ()

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
    """The facets of a search page, without those that have nothing to choose."""
    return tuple(box(page.request, facet) for facet in page.facets.values() if facet.values)


def box(request: SearchRequest, facet: Facet) -> FacetBox:
    """A facet with its values as links."""
    listed = len(facet.values)
    more = links.search(refine.on_page(request, 1), f"/facets/{facet.name}")
    return FacetBox(
        name=facet.name,
        title=words.FACET_TITLES[facet.name],
        values=_value_links(links.toggles(request, facet.name), facet.name, facet.values),
        distinct=facet.distinct,
        more=more if facet.distinct > listed and facet.name != "date" else "",
    )


def _value_links(
    toggled: Callable[[str], str], facet: str, values: Sequence[FacetValue], *, nested: bool = False
) -> tuple[ValueLink, ...]:
    most = max((value.count for value in values), default=0) or 1
    return tuple(
        ValueLink(
            label=words.within_larger(Period.parse(value.value)) if nested else words.label(facet, value),
            count=value.count,
            selected=value.selected,
            url=toggled(value.value),
            share=round(100 * value.count / most),
            children=_value_links(toggled, facet, value.children, nested=True) if _is_open(value) else (),
        )
        for value in values
    )


def _is_open(value: FacetValue) -> bool:
    """Whether what a year or month is divided into is shown: it, or something in it, is chosen."""
    return value.selected or any(_is_open(child) for child in value.children)


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
