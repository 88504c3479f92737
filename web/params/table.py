"""Every parameter there is: what reads it, and what the documentation says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from search.request import (
    FACETS,
    KEYWORD_FACETS,
    MAX_FACET_SIZE,
    MAX_PAGE_SIZE,
    MAX_QUERY_BRACKETS,
    MAX_QUERY_LENGTH,
    MAX_QUERY_TERMS,
    MAX_RESULT_DEPTH,
    SearchRequest,
)
from web.params.kinds import APeriod, Choice, Kind, Names, Number, Periods, Text, Values

_Read_co = TypeVar("_Read_co", covariant=True)

MAX_PREFIX = 100
"""Characters of the beginning of a value or a completion."""
FACET_VALUES = 100
"""Values of a facet that are listed unless a number is asked for."""
SUGGESTIONS = 10
MAX_SUGGESTIONS = 50

DEFAULT = SearchRequest()
"""The search of an empty query string."""

Given = Mapping[str, Sequence[str]]
"""Each name with its values that are not blank."""


@dataclass(frozen=True, slots=True)
class Parameter(Generic[_Read_co]):
    """A parameter of the query string. The description is Markdown; `example` is a value."""

    name: str
    kind: Kind[_Read_co]
    description: str
    example: str = ""

    def of(self, given: Given) -> _Read_co:
        """What it says in a query string; raises `InvalidRequest`."""
        return self.kind.read(self.name, given.get(self.name, ()))


def _filter(name: str) -> Parameter[tuple[str, ...]]:
    facet = name.removeprefix("-")
    which = "without these values" if name.startswith("-") else "with any of the values"
    return Parameter(
        name,
        Values(),
        f"Posts {which} of {facet}, whatever the case and accents.",
        _EXAMPLES[facet],
    )


_EXAMPLES = {
    "blog": "The Low-Down",
    "author": "Jonathan Low",
    "tag": "war",
    "publication": "Forbes",
    "reporter": "David Axe",
    "language": "en",
}

QUERY = Parameter(
    "q",
    Text(MAX_QUERY_LENGTH),
    "Words, in the query language. Everything, newest first, where there are none. "
    f"At most {MAX_QUERY_TERMS} words and {MAX_QUERY_BRACKETS} opening brackets.",
    "drones kursk",
)
FILTERS = {name: _filter(name) for facet in KEYWORD_FACETS for name in (facet, f"-{facet}")}
VALUE_PARAMETERS = tuple(FILTERS)
"""The filters by value; a name with a minus excludes."""
DATE = Parameter(
    "date",
    Periods(),
    "Posts of this year, month or day. Given more than once: of any of them.",
    "2025-03",
)
AFTER = Parameter("after", APeriod(), "Posts from the first day of this year, month or day on.", "2024")
BEFORE = Parameter("before", APeriod(), "Posts until the last day of this year, month or day.", "2025-03-02")
SCOPE = Parameter("in", Choice(DEFAULT.scope), "Where the words are looked for.", "posts")
MATCH = Parameter("match", Choice(DEFAULT.match), "Whether posts must have all of the words or any.", "any")
SORT = Parameter(
    "sort",
    Choice(DEFAULT.sort),
    "The order; `comments` is most first. Without words relevance is newest first.",
    "newest",
)
PAGE = Parameter(
    "page",
    Number(DEFAULT.page, 1, MAX_RESULT_DEPTH),
    f"Which page. `page` times `size` is at most {MAX_RESULT_DEPTH:,}.",
    "2",
)
SIZE = Parameter("size", Number(DEFAULT.size, 1, MAX_PAGE_SIZE), "Results a page.", "20")
COUNTED = Parameter(
    "facets",
    Names(FACETS),
    "Which facets to count, joined by commas: all unless given; or `none`.",
    "tag,author",
)
GENERATION = Parameter(
    "generation",
    Text(18, "^([0-9]{6,18})?$", "000042"),
    "The state of the index that is to answer. `next` and `previous` have it, so that the pages of a search "
    "fit together whatever is imported between. One that is not kept any more is answered with 410.",
    "000042",
)
PREFIX = Parameter(
    "prefix", Text(MAX_PREFIX), "How a word of the values begins, whatever the case and accents.", "uk"
)
FACET_ORDER = Parameter(
    "order",
    Choice(DEFAULT.facet_order),
    "The order of the values: most frequent first, or by name. Dates are always in order.",
    "name",
)
FACET_PAGE = Parameter("page", Number(1, 1, MAX_RESULT_DEPTH), "Which page of the values.", "2")
FACET_SIZE = Parameter("size", Number(FACET_VALUES, 1, MAX_FACET_SIZE), "Values a page.", "20")
TYPED = Parameter("q", Text(MAX_PREFIX), "What is being typed: the beginning of a word.", "dro")
COMPLETIONS = Parameter("size", Number(SUGGESTIONS, 1, MAX_SUGGESTIONS), "How many completions.", "5")
MOST = Parameter(
    "most", Number(MAX_RESULT_DEPTH, 1, MAX_RESULT_DEPTH), "How many results at most, the first ones.", "1000"
)

Table = dict[str, Parameter[object]]
"""Parameters by their names, in the order they are documented in."""


def _table(*parameters: Parameter[object]) -> Table:
    return {parameter.name: parameter for parameter in parameters}


_ASKING = _table(QUERY, *FILTERS.values(), DATE, AFTER, BEFORE, SCOPE, MATCH)
_PAGED = _table(SORT, PAGE, SIZE, COUNTED)
SEARCH: Table = {**_ASKING, **_PAGED}
"""Of the search page."""
SEARCH_PARAMETERS = frozenset(SEARCH)
SEARCH_JSON: Table = {**SEARCH, **_table(GENERATION)}
FEED: Table = SEARCH
EXPORT: Table = {**_ASKING, **_table(SORT, MOST, GENERATION)}
FACET: Table = {**SEARCH_JSON, **_table(PREFIX, FACET_ORDER, FACET_PAGE, FACET_SIZE)}
SUGGEST: Table = _table(TYPED, COMPLETIONS)
POST: Table = SEARCH_JSON
"""Of a post: the search it was found by, whose words are marked in it."""
