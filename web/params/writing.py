"""From a request to its query string."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote_plus, urlencode

from search.request import SearchRequest
from web.params.table import DEFAULT, FACET_VALUES, VALUE_PARAMETERS

quoted = lru_cache(maxsize=4096)(quote_plus)
"""A value as a query string has it. A page has two hundred, mostly tags and years that others have, too."""


@lru_cache(maxsize=256)  # every facet of a page keeps them, and every link to a post
def pairs(request: SearchRequest) -> tuple[tuple[str, str], ...]:
    """The parameters that make the request: defaults left out, always in the same order."""
    filters, found = request.filters, []
    if request.query.text:
        found.append(("q", request.query.text))
    if filters.values:
        chosen: dict[str, set[str]] = {}
        for each in filters.values:
            chosen.setdefault(f"-{each.facet}" if each.excluded else each.facet, set()).update(each.values)
        found += [(name, value) for name in VALUE_PARAMETERS for value in sorted(chosen.get(name, ()))]
    found += [("date", text) for text in sorted({str(period) for period in filters.dates})]
    others = (
        ("after", filters.after, None),
        ("before", filters.before, None),
        ("in", request.scope, DEFAULT.scope),
        ("match", request.match, DEFAULT.match),
        ("sort", request.sort, DEFAULT.sort),
        ("facets", request.facets, DEFAULT.facets),
        ("page", request.page, DEFAULT.page),
        ("size", request.size, DEFAULT.size),
        ("generation", request.generation, DEFAULT.generation),
    )
    found += [(name, _text(value)) for name, value, default in others if value != default]
    return tuple(found)


@lru_cache(maxsize=256)
def write(request: SearchRequest) -> str:
    """The query string of a request, without its question mark; empty for a request of defaults."""
    return "&".join(f"{name}={quoted(value)}" for name, value in pairs(request))


def write_facet(request: SearchRequest, *, prefix: str = "", page: int = 1, size: int = FACET_VALUES) -> str:
    """The query string of a page of a facet's values: those of a search, its own page and size aside."""
    others = (
        ("prefix", prefix, ""),
        ("order", request.facet_order, DEFAULT.facet_order),
        ("page", page, 1),
        ("size", size, FACET_VALUES),
    )
    own = [(name, str(value)) for name, value, default in others if value != default]
    searched = [pair for pair in pairs(request) if pair[0] not in ("page", "size", "facets")]
    return urlencode(searched + own)


def _text(value: object) -> str:
    return ",".join(value) or "none" if isinstance(value, tuple) else str(value)
