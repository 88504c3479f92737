"""What is noted of every search, and told of those that took too long.

What is told has what somebody searched for: who does not want that in a log sets `slow` to 0.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from search.request import SearchRequest
from web.params.writing import pairs
from web.watching.counters import Counters
from web.watching.log import FIELDS

MOST: Final = 200
"""Characters of a query that the log has, and of each value of a filter."""
MOST_FILTERS: Final = 10

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Searched:
    """A search that was made: what was asked, how long it took and what came of it."""

    request: SearchRequest
    seconds: float
    total: int
    partial: bool
    generation: str = ""


class Searches:
    """Notes searches; those of more than `slow` seconds are told, none where it is 0."""

    def __init__(self, counters: Counters, slow: float) -> None:
        self._counters = counters
        self._slow = slow

    def note(self, searched: Searched) -> None:
        """Count a search, and tell of it where it was slow."""
        self._counters.search_seconds.took(searched.seconds)
        if searched.partial:
            self._counters.partial.add()
        if self._slow and searched.seconds > self._slow:
            self._counters.slow.add()
            _tell(searched)


def _tell(searched: Searched) -> None:
    request = searched.request
    query, filters = request.query.text[:MOST], _filters(request)
    fields = {
        "event": "slow_search",
        "query": query,
        "filters": [list(pair) for pair in filters],
        "ms": round(searched.seconds * 1000, 1),
        "total": searched.total,
        "partial": searched.partial,
        "generation": searched.generation,
    }
    _log.warning(
        "slow search: %.0f ms for %r%s, %d found%s%s",
        searched.seconds * 1000,
        query,
        f" with {' '.join(f'{name}={value}' for name, value in filters)}" if filters else "",
        searched.total,
        " in part" if searched.partial else "",
        f", generation {searched.generation}" if searched.generation else "",
        extra={FIELDS: fields},
    )


def _filters(request: SearchRequest) -> tuple[tuple[str, str], ...]:
    """Everything but the query that is not as usual, as an address has it."""
    found = [(name, value[:MOST]) for name, value in pairs(request) if name != "q"]
    return tuple(found[:MOST_FILTERS])
