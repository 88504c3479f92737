"""Query string and `SearchRequest`, both ways: what one writes, the other reads as the same request."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import quote_plus

from search.errors import InvalidRequest
from search.model import InvalidPeriod, Period
from search.query.parser import parse
from search.request import FACETS, KEYWORD_FACETS, Filters, SearchRequest, Sort, ValueFilter

Parameters = Mapping[str, Sequence[str]]
"""A decoded query string: each name with all of its values, as `urllib.parse.parse_qs` gives it."""

VALUE_PARAMETERS = tuple(name for facet in KEYWORD_FACETS for name in (facet, f"-{facet}"))
REPEATED = (*VALUE_PARAMETERS, "date", "facets")
SINGLE = ("q", "after", "before", "in", "match", "sort", "page", "size")
SEARCH_PARAMETERS = frozenset((*REPEATED, *SINGLE))
"""Everything a search can be asked with; a name with a minus excludes."""

MAX_VALUES = 100
"""Values of one filter."""

MAX_PREFIX = 100
"""Characters of the beginning of a value or a completion."""
FACET_VALUES = 100
"""Values of a facet that are listed unless a number is asked for."""
SUGGESTIONS = 10
MAX_SUGGESTIONS = 50

DEFAULT = SearchRequest()
"""The search of an empty query string."""

_NUMBER = re.compile(r"-?[0-9]{1,12}", re.ASCII)
_Choice = TypeVar("_Choice", bound=StrEnum)


def read(parameters: Parameters, *, strict: bool, also: Collection[str] = ()) -> SearchRequest:
    """The search that a query string asks for; empty values count as not given.

    A program is told of a parameter that does not exist (`strict`), unless it is one of `also`; a
    page ignores it, as links gather all kinds of tracking words. A value that cannot be read or is
    beyond a limit is always told.

    Raises `InvalidRequest`.
    """
    given = _given(parameters)
    if strict:
        refuse_unknown(parameters, SEARCH_PARAMETERS.union(also))
        for name in SINGLE:
            if len(given.get(name, ())) > 1:
                raise InvalidRequest(name, "given more than once")
    return SearchRequest(
        query=parse(_first(given, "q")),
        filters=_filters(given),
        scope=_choice(given, "in", DEFAULT.scope),
        match=_choice(given, "match", DEFAULT.match),
        sort=_choice(given, "sort", DEFAULT.sort),
        page=number(parameters, "page", DEFAULT.page),
        size=number(parameters, "size", DEFAULT.size),
        facets=_facets(given),
    )


def read_or_default(parameters: Parameters) -> SearchRequest:
    """The search a reader came from, for going back to it; one that cannot be read is an empty one."""
    try:
        return read(parameters, strict=False)
    except InvalidRequest:
        return DEFAULT


def read_feed(parameters: Parameters) -> SearchRequest:
    """The search of a feed: newest first unless it says otherwise, and nothing counted."""
    request = read(parameters, strict=True)
    sort = request.sort if "sort" in parameters else Sort.NEWEST
    return replace(request, sort=sort, facets=())


def read_facet(parameters: Parameters, facet: str, *, strict: bool) -> SearchRequest:
    """The search whose values of one facet are wanted: those with a `prefix`, `size` of them."""
    size = number(parameters, "size", FACET_VALUES)
    others = {name: values for name, values in parameters.items() if name not in ("size", "page")}
    return replace(
        read(others, strict=strict, also=("prefix",)),
        size=1,
        facets=(facet,),
        facet_size=size,
        facet_prefix=_first(_given(parameters), "prefix")[:MAX_PREFIX],
    )


def read_suggest(parameters: Parameters) -> tuple[str, int]:
    """The beginning of what is being typed, and how many completions are wanted (1 to 50)."""
    refuse_unknown(parameters, ("q", "size"))
    prefix, size = _first(_given(parameters), "q"), number(parameters, "size", SUGGESTIONS)
    if not 1 <= size <= MAX_SUGGESTIONS:
        raise InvalidRequest("size", f"there are 1 to {MAX_SUGGESTIONS} completions")
    if len(prefix) > MAX_PREFIX:
        raise InvalidRequest("q", f"{len(prefix):,} characters; completions are of at most {MAX_PREFIX}")
    return prefix, size


def refuse_unknown(parameters: Parameters, known: Collection[str]) -> None:
    """Raise `InvalidRequest` for the first parameter that is not a known one."""
    for name in parameters:
        if name not in known:
            raise InvalidRequest(name[:40], f"unknown parameter; there are {', '.join(sorted(known))}")


def number(parameters: Parameters, name: str, default: int) -> int:
    """The whole number a parameter gives; raises `InvalidRequest` for anything else."""
    text = _first(_given(parameters), name)
    if not text:
        return default
    if not _NUMBER.fullmatch(text):
        raise InvalidRequest(name, f"{text[:40]!r} is not a whole number such as {default}")
    return int(text)


def pairs(request: SearchRequest) -> list[tuple[str, str]]:
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
    )
    return found + [(name, _text(value)) for name, value, default in others if value != default]


def write(request: SearchRequest) -> str:
    """The query string of a request, without its question mark; empty for a request of defaults."""
    # Not by urlencode(), which is slower: a page has over a hundred of these.
    return "&".join(f"{name}={quote_plus(value)}" for name, value in pairs(request))


def _text(value: object) -> str:
    return ",".join(value) or "none" if isinstance(value, tuple) else str(value)


def _given(parameters: Parameters) -> dict[str, list[str]]:
    stripped = {name: [value.strip() for value in values] for name, values in parameters.items()}
    return {name: [value for value in values if value] for name, values in stripped.items()}


def _first(given: Parameters, name: str) -> str:
    return next(iter(given.get(name, ())), "")


def _choice(given: Parameters, name: str, default: _Choice) -> _Choice:
    text = _first(given, name) or default
    choices = type(default)
    if text not in tuple(choices):
        raise InvalidRequest(name, f"{text[:40]!r} is not one of {', '.join(choices)}")
    return choices(text)


def _filters(given: Parameters) -> Filters:
    values = []
    for name in VALUE_PARAMETERS:
        if chosen := _distinct(given, name):
            values.append(ValueFilter(name.removeprefix("-"), chosen, excluded=name.startswith("-")))
    return Filters(
        values=tuple(values),
        dates=tuple(_period("date", text) for text in _distinct(given, "date")),
        after=_period("after", text) if (text := _first(given, "after")) else None,
        before=_period("before", text) if (text := _first(given, "before")) else None,
    )


def _distinct(given: Parameters, name: str) -> tuple[str, ...]:
    distinct = sorted(set(given.get(name, ())))
    if len(distinct) > MAX_VALUES:
        raise InvalidRequest(name, f"{len(distinct):,} values; at most {MAX_VALUES} can be chosen at once")
    return tuple(distinct)


def _period(name: str, text: str) -> Period:
    try:
        return Period.parse(text)
    except InvalidPeriod as error:
        raise InvalidRequest(name, str(error)) from error


def _facets(given: Parameters) -> tuple[str, ...]:
    names = {name.strip() for text in given.get("facets", ()) for name in text.split(",")} - {""}
    if not names:
        return DEFAULT.facets
    if names == {"none"}:
        return ()
    if unknown := sorted(names.difference(FACETS)):
        raise InvalidRequest("facets", f"{unknown[0][:40]!r} is not one of {', '.join(FACETS)} or none")
    return tuple(facet for facet in FACETS if facet in names)
