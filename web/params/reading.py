"""From a query string to what it asks for, by the tables of parameters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from search.errors import InvalidRequest
from search.message import message
from search.query.parser import parse
from search.request import Filters, SearchRequest, Sort, ValueFilter
from web.params import table
from web.params.kinds import MOST_TIMES, SHOWN
from web.params.table import DEFAULT, Given, Table

Parameters = Mapping[str, Sequence[str]]
"""A decoded query string: each name with all of its values, as `urllib.parse.parse_qs` gives it."""


def read(parameters: Parameters, *, strict: bool, known: Table = table.SEARCH_JSON) -> SearchRequest:
    """The search that a query string asks for; empty values count as not given.

    A program is told of a parameter that is not `known` (`strict`); a page ignores it, as links gather all
    kinds of tracking words, and is always of the newest generation. A value that cannot be read or is
    beyond a limit is always told.

    Raises `InvalidRequest`.
    """
    given = _given(parameters, known if strict else None)
    return SearchRequest(
        query=parse(table.QUERY.of(given)),
        filters=_filters(given),
        scope=table.SCOPE.of(given),
        match=table.MATCH.of(given),
        sort=table.SORT.of(given),
        page=table.PAGE.of(given),
        size=table.SIZE.of(given),
        facets=table.COUNTED.of(given),
        generation=table.GENERATION.of(given) if strict else "",
    )


def read_or_default(parameters: Parameters) -> SearchRequest:
    """The search a reader came from, for going back to it; one that cannot be read is an empty one."""
    try:
        return read(parameters, strict=False)
    except InvalidRequest:
        return DEFAULT


def read_feed(parameters: Parameters) -> SearchRequest:
    """The search of a feed: newest first unless it says otherwise, and nothing counted."""
    request = read(parameters, strict=True, known=table.FEED)
    sort = request.sort if "sort" in parameters else Sort.NEWEST
    return replace(request, sort=sort, facets=())


def read_facet(parameters: Parameters, facet: str, *, strict: bool) -> SearchRequest:
    """The search whose values of one facet are wanted: a page of those with a `prefix`, in an `order`."""
    given = _given(parameters, table.FACET if strict else None)
    size = table.FACET_SIZE.of(given)
    others = {
        name: values for name, values in given.items() if name not in ("size", "page", "prefix", "order")
    }
    return replace(
        read(others, strict=strict),
        size=1,
        facets=(facet,),
        facet_size=size,
        facet_offset=(table.FACET_PAGE.of(given) - 1) * size,
        facet_prefix=table.PREFIX.of(given),
        facet_order=table.FACET_ORDER.of(given),
    )


def read_export(parameters: Parameters) -> tuple[SearchRequest, int]:
    """The search whose whole result is wanted, with nothing counted, and how many results at most."""
    given = _given(parameters, table.EXPORT)
    most = table.MOST.of(given)
    others = {name: values for name, values in given.items() if name != table.MOST.name}
    return replace(read(others, strict=True), facets=()), most


def read_suggest(parameters: Parameters) -> tuple[str, int]:
    """The beginning of what is being typed, and how many completions are wanted (1 to 50)."""
    given = _given(parameters, table.SUGGEST)
    return table.TYPED.of(given), table.COMPLETIONS.of(given)


def refuse_unknown(parameters: Parameters, known: Collection[str]) -> None:
    """Raise `InvalidRequest` for the first parameter that is not a known one."""
    for name in parameters:
        if name not in known:
            there_are = message("unknown parameter; there are %(names)s", names=", ".join(sorted(known)))
            raise InvalidRequest(
                name[:SHOWN], there_are if known else message("unknown parameter; there are none")
            )


def _given(parameters: Parameters, known: Table | None) -> Given:
    """The values that are not blank. Where it is told what is `known`, nothing else may be there."""
    if known is not None:
        refuse_unknown(parameters, known)
    for name, values in parameters.items():
        if len(values) > MOST_TIMES:
            raise InvalidRequest(
                name[:SHOWN],
                message(
                    "%(count)s values; at most %(most)s can be chosen", count=len(values), most=MOST_TIMES
                ),
            )
    given = {name: [value for value in values if value.strip()] for name, values in parameters.items()}
    if known is not None:
        for name, values in given.items():
            if len(values) > 1 and not known[name].kind.repeated:
                raise InvalidRequest(name, message("given more than once"))
    return given


def _filters(given: Given) -> Filters:
    values = []
    for name, parameter in table.FILTERS.items():
        if chosen := parameter.of(given):
            values.append(ValueFilter(name.removeprefix("-"), chosen, excluded=name.startswith("-")))
    return Filters(
        values=tuple(values),
        dates=table.DATE.of(given),
        after=table.AFTER.of(given),
        before=table.BEFORE.of(given),
    )
