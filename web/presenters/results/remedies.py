"""What to try where a search found nothing: what to leave out of it, and what that finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from search.query.ast import Query
from search.query.without import parts
from search.request import SearchRequest
from search.results import SearchPage
from web import links, refine
from web.language.voice import gettext
from web.presenters import words
from web.presenters.results.facets import chosen
from web.presenters.results.missing import Total, first_parts, missing, told
from web.presenters.results.understood import understood

MOST_SEARCHES: Final = 12
"""Searches made for it in all; filters beyond are not tried one by one."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A search near one that found nothing, and what it finds: `3 posts`."""

    text: str
    url: str
    finds: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing was found, as far as that is known.

    `understood` says what a query of more than words was read as, `missing` which of its words no post has;
    both may be empty. `remedies` are searches that do find something.
    """

    understood: str
    missing: str
    remedies: tuple[Remedy, ...]


def nothing(page: SearchPage, total: Total) -> Nothing | None:
    """What to say of a search that found nothing; None for one that found something.

    `total` says how many posts a search finds. It is asked `MOST_SEARCHES` times at most, and
    what it does not tell in time is not offered.
    """
    if page.total:
        return None
    request = page.request
    lacking = missing(request.query, total)
    tried: list[Remedy] = []
    for text, url, near in _once(_near(request, lacking)):
        if found := total(near):
            tried.append(Remedy(text, url, words.posts(found)))
    corrected = page.correction is not None and page.correction.changes  # of the same words, said above
    return Nothing(understood(request.query), "" if corrected else told(lacking), tuple(tried))


def _once(near: Iterable[tuple[str, SearchRequest]]) -> Iterator[tuple[str, str, SearchRequest]]:
    """Each search once, under the first of its names, with its address."""
    urls = set()
    for text, request in near:
        if (url := links.search(request)) not in urls:
            urls.add(url)
            yield text, url, request


def _near(request: SearchRequest, lacking: list[str]) -> list[tuple[str, SearchRequest]]:
    """Searches near this one, each with what it leaves out: one thing, then several."""
    pieces, filters = first_parts(request.query), list(chosen(request))
    ones = [
        (_leaving_out(part.text), replace(request, query=part.without, page=1))
        for part in pieces
        if part.without.text
    ] + [(_leaving_out(text), without) for text, without in filters]
    several = []
    left = _without(request.query, lacking)
    if len(lacking) > 1 and (left.text or filters):
        several.append((gettext("Without these words"), replace(request, query=left, page=1)))
    if len(filters) > 1:
        several.append((gettext("Without any filter"), refine.without_filters(request)))
    if filters and pieces:
        several.append((gettext("Without any word"), refine.asking(request, "")))
    return ones[: MOST_SEARCHES - len(pieces) - len(several)] + several


def _leaving_out(text: str) -> str:
    return gettext("Without “%(part)s”", part=text)


def _without(query: Query, texts: Iterable[str]) -> Query:
    for text in texts:
        query = next((part.without for part in parts(query) if part.text == text), query)
    return query
