"""A search as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from search.finding import SOME_WORDS
from search.history import ArchiveStatus
from search.model import Period
from search.request import Scope, SearchRequest, Sort
from search.results import SearchPage
from web import links, refine
from web.language.voice import gettext
from web.presenters import paging, words
from web.presenters.fields import Fields, fields_but
from web.presenters.results.choice import Choice
from web.presenters.results.correction import Corrected, corrected
from web.presenters.results.facets import Chip, FacetBox, boxes, chips
from web.presenters.results.missing import Total, missing, told
from web.presenters.results.remedies import Nothing, nothing
from web.presenters.results.result import ResultView, result
from web.presenters.results.timeline import Timeline, timeline


@dataclass(frozen=True, slots=True)
class SearchView:
    """Everything on a search page.

    `count` is the number of results in words; `welcome` is said above a page that asks for nothing,
    `nothing` says why nothing was found and what to try. `past_end` says that there are results, but
    on earlier pages. `leaving_out` leads to the pages of facets, where each value can be left out.
    """

    title: str
    text: str
    count: str
    welcome: str
    empty_archive: bool
    past_end: bool
    results: tuple[ResultView, ...]
    timeline: Timeline | None
    facets: tuple[FacetBox, ...]
    leaving_out: tuple[Choice, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    sorts: tuple[Choice, ...]
    scopes: tuple[Choice, ...]
    pager: paging.Pager
    warnings: tuple[str, ...]
    correction: Corrected | None
    nothing: Nothing | None
    box_fields: Fields
    date_fields: Fields
    after: str
    before: str
    feed_url: str
    json_url: str
    export_url: str


def search_view(page: SearchPage, total: Total, status: ArchiveStatus | None = None) -> SearchView:
    """The page of an answer; `status` is given where the archive is to be introduced.

    `total` says how many posts another search finds, for what to say where this one found little.
    """
    request, facets = page.request, boxes(page)
    count = words.posts(page.total)
    return SearchView(
        title=gettext("%(search)s — %(count)s", search=words.search(request, page.match), count=count),
        text=request.query.text,
        count=count,
        welcome=welcome(status) if status and page.total else "",
        empty_archive=status is not None and not page.total,
        past_end=bool(page.total and not page.hits),
        results=tuple(result(request, hit, page.match) for hit in page.hits),
        timeline=timeline(page),
        facets=facets,
        leaving_out=tuple(Choice(box.title, box.all_url, False) for box in facets if box.distinct > 1),
        chips=chips(request),
        clear_url=links.search(refine.without_filters(request)),
        sorts=_sorts(request),
        scopes=_scopes(request),
        pager=paging.pager(page),
        warnings=_warnings(page, total),
        correction=corrected(page),
        nothing=nothing(page, total),
        box_fields=fields_but(request, "q", "page"),
        date_fields=fields_but(request, "after", "before", "page"),
        after=str(request.filters.after or ""),
        before=str(request.filters.before or ""),
        feed_url=links.feed(request),
        json_url=links.search(request, "/search.json"),
        export_url=links.export(request),
    )


def is_browsing(request: SearchRequest) -> bool:
    """Whether a search asks for nothing in particular."""
    return not (request.query.text or request.filters or request.scope is not Scope.ALL or request.page > 1)


def welcome(status: ArchiveStatus) -> str:
    """What is in the archive: `4,733 posts and 120 comments from 2009 to 2025`."""
    holds = words.posts(status.counts.posts)
    if status.counts.comments:
        holds = words.both((holds, words.comments(status.counts.comments)))
    if not status.first or not status.last:
        return holds
    first, last = (words.day(Period.of(day.year)) for day in (status.first.first_day, status.last.last_day))
    if first == last:
        return gettext("%(posts)s from %(year)s", posts=holds, year=first)
    return gettext("%(posts)s from %(first)s to %(last)s", posts=holds, first=first, last=last)


def _warnings(page: SearchPage, total: Total) -> tuple[str, ...]:
    """What a reader is told; where posts have some words only, which words none has."""
    corrected = page.correction is not None and page.correction.changes  # which names them, too
    if SOME_WORDS not in page.warnings or corrected or not (lacking := missing(page.request.query, total)):
        return words.warnings(page)
    others = gettext("%(missing)s These were found by the rest of your search.", missing=told(lacking))
    return tuple(others if said == words.translated(SOME_WORDS) else said for said in words.warnings(page))


def _sorts(request: SearchRequest) -> tuple[Choice, ...]:
    # Without words there is nothing to score, and relevance means newest first.
    offered = [sort for sort in Sort if sort is not Sort.RELEVANCE or request.query.text]
    current = request.sort if request.sort in offered else Sort.NEWEST
    return tuple(
        Choice(words.sort(sort), links.search(refine.sorted_by(request, sort)), sort is current)
        for sort in offered
    )


def _scopes(request: SearchRequest) -> tuple[Choice, ...]:
    return tuple(
        Choice(words.scope(scope), links.search(refine.within(request, scope)), scope is request.scope)
        for scope in Scope
    )
