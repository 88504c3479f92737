"""Facets and chosen filters as the links that change them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.model import Period
from search.request import FacetOrder, Scope, SearchRequest
from search.results import Facet, FacetValue, SearchPage
from web import links, refine
from web.language.voice import gettext
from web.presenters import words
from web.presenters.fields import Fields, fields_but


@dataclass(frozen=True, slots=True)
class ValueLink:
    """A value of a facet and the search that choosing it, or leaving it, leads to.

    One that is `excluded` has no count: there is none of it among the results. `instead` is the search that
    leaves the value out, where that is offered; `children` divide a year or a month.
    """

    label: str
    count: int
    url: str
    selected: bool = False
    excluded: bool = False
    instead: str = ""
    children: tuple[ValueLink, ...] = ()

    @property
    def name(self) -> str:
        """The link as a screen reader says it: `Forbes, 12 posts`."""
        if self.excluded:
            return gettext("not %(value)s; left out, follow to let it in", value=self.label)
        posts = words.posts(self.count)
        if self.selected:
            return gettext("%(value)s, %(posts)s; chosen, follow to remove", value=self.label, posts=posts)
        return gettext("%(value)s, %(posts)s", value=self.label, posts=posts)

    @property
    def instead_name(self) -> str:
        """The link that leaves the value out, as a screen reader says it."""
        return gettext("not %(value)s", value=self.label)


@dataclass(frozen=True, slots=True)
class FacetBox:
    """One facet with its counted values, those that were chosen or left out first.

    `all_url` is the page of all `distinct` values, and `has_more` says that it has more than are here.
    `fields` are what a form that finds a value keeps of the search.
    """

    name: str
    title: str
    values: tuple[ValueLink, ...]
    distinct: int
    all_url: str
    has_more: bool
    fields: Fields


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter in words, and the search without it."""

    text: str
    url: str


def boxes(page: SearchPage) -> tuple[FacetBox, ...]:
    """The facets that have anything to choose or to take back, without the dates, which are the timeline."""
    made = (box(page.request, facet) for facet in page.facets.values() if facet.name != "date")
    return tuple(each for each in made if each.values)


def box(request: SearchRequest, facet: Facet, *, in_full: bool = False) -> FacetBox:
    """A facet with its values as links, those of `dates` aside; `in_full` each with what leaves it out."""
    return FacetBox(
        name=facet.name,
        title=words.facet_title(facet.name),
        values=tuple(_values(request, facet, in_full)) if facet.name != "date" else (),
        distinct=facet.distinct,
        all_url=links.facet(request, facet.name),
        has_more=facet.distinct > len(facet.values),
        fields=fields_but(request, "page", "size", "facets") + _order(request),
    )


def _order(request: SearchRequest) -> Fields:
    order = request.facet_order
    return (("order", order),) if order is not FacetOrder.COUNT else ()


def dates(
    request: SearchRequest, values: Iterable[FacetValue], *, within: bool = False
) -> Iterator[ValueLink]:
    """Years with their months, and those with their days, as far as these were counted."""
    for value in values:
        period = Period.parse(value.value)
        yield ValueLink(
            label=words.within_larger(period) if within else words.day(period),
            count=value.count,
            url=links.search(refine.toggled(request, "date", value.value)),
            selected=value.selected,
            children=tuple(dates(request, value.children, within=True)),
        )


def chips(request: SearchRequest) -> tuple[Chip, ...]:
    """Every filter of a search, in the order of its parameters."""
    return tuple(Chip(text, links.search(without)) for text, without in chosen(request))


def chosen(request: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    """Every filter of a search in words, and the search without it."""
    filters = request.filters
    for each in filters.values:
        title, step = words.facet_title(each.facet), refine.including if each.excluded else refine.toggled
        for value in each.values:
            text = gettext("%(facet)s: %(value)s", facet=title, value=words.value(each.facet, value))
            said = gettext("not %(filter)s", filter=text) if each.excluded else text
            yield said, step(request, each.facet, value)
    for period in filters.dates:
        dated = gettext("%(facet)s: %(value)s", facet=words.facet_title("date"), value=words.day(period))
        yield dated, refine.toggled(request, "date", str(period))
    if filters.after:
        yield gettext("From %(date)s", date=words.day(filters.after)), refine.without_after(request)
    if filters.before:
        yield gettext("Until %(date)s", date=words.day(filters.before)), refine.without_before(request)
    if request.scope is not Scope.ALL:
        yield words.scope(request.scope), refine.within(request, Scope.ALL)


def _values(request: SearchRequest, facet: Facet, in_full: bool) -> Iterator[ValueLink]:
    yield from (_chosen(request, facet.name, value) for value in facet.values if value.selected)
    yield from _excluded(request, facet.name)
    yield from _offered(request, facet, in_full)


def _chosen(request: SearchRequest, facet: str, value: FacetValue) -> ValueLink:
    return ValueLink(
        label=words.label(facet, value),
        count=value.count,
        url=links.search(refine.toggled(request, facet, value.value)),
        selected=True,
        instead=links.search(refine.excluding(request, facet, value.value)),
    )


def _offered(request: SearchRequest, facet: Facet, in_full: bool) -> Iterator[ValueLink]:
    toggled = links.toggles(request, facet.name)
    for value in facet.values:
        if not value.selected:
            instead = links.search(refine.excluding(request, facet.name, value.value)) if in_full else ""
            yield ValueLink(
                words.label(facet.name, value), value.count, toggled(value.value), instead=instead
            )


def _excluded(request: SearchRequest, facet: str) -> Iterator[ValueLink]:
    if request.facet_offset:
        return
    for each in request.filters.values:
        if each.facet == facet and each.excluded:
            for value in each.values:
                leaving = links.search(refine.including(request, facet, value))
                yield ValueLink(words.value(facet, value), 0, leaving, excluded=True)
