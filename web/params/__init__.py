"""Query string and `SearchRequest`, both ways: what one writes, the other reads as the same request."""

from web.params.reading import (
    Parameters,
    read,
    read_export,
    read_facet,
    read_feed,
    read_or_default,
    read_suggest,
    refuse_unknown,
)
from web.params.table import DEFAULT, MAX_PREFIX, SEARCH_PARAMETERS, VALUE_PARAMETERS
from web.params.writing import pairs, quoted, write, write_facet

__all__ = [
    "DEFAULT",
    "MAX_PREFIX",
    "SEARCH_PARAMETERS",
    "VALUE_PARAMETERS",
    "Parameters",
    "pairs",
    "quoted",
    "read",
    "read_export",
    "read_facet",
    "read_feed",
    "read_or_default",
    "read_suggest",
    "refuse_unknown",
    "write",
    "write_facet",
]
