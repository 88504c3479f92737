"""What HTTP adds to a search: the same search in this process and over a connection, in turns."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from benchmarks.serving.client import Connection
from search.archive import Archive
from web import params


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of one kind of answer: the search alone, the whole request, and what that adds."""

    name: str
    inside: float
    outside: float
    added: float
    added_p90: float


@dataclass(slots=True)
class _Quickest:
    """The fewest milliseconds that a search has taken in any round, inside and outside."""

    inside: float = math.inf
    outside: float = math.inf

    def note(self, inside: float, outside: float) -> None:
        self.inside, self.outside = min(self.inside, inside), min(self.outside, outside)


def measure_latency(data: Path, port: int, searches: Sequence[str], rounds: int) -> list[Cost]:
    """Ask every search in the process and over HTTP, as a page and as JSON, round after round.

    `searches` are addresses of the search page. The first round only warms up. Of each search counts the
    round in which it was quickest, as what else the machine does only ever adds; what HTTP adds is taken
    search by search.
    """
    taken = {path: {address: _Quickest() for address in searches} for path in ("/search.json", "/search")}
    with Archive.open(data) as archive, Connection(port) as connection:
        for number in range(rounds + 1):
            for address in searches:
                query = urlsplit(address).query
                inside = _inside(archive, query)
                for path, found in taken.items():
                    outside, _ = connection.get(f"{path}?{query}")
                    if number:
                        found[address].note(inside, outside)
    return [_cost(path, list(found.values())) for path, found in taken.items()]


def _inside(archive: Archive, query: str) -> float:
    started = time.perf_counter()
    archive.search(params.read(parse_qs(query), strict=True))
    return (time.perf_counter() - started) * 1000


def _cost(name: str, found: Sequence[_Quickest]) -> Cost:
    added = [each.outside - each.inside for each in found]
    return Cost(
        name=name,
        inside=statistics.median(each.inside for each in found),
        outside=statistics.median(each.outside for each in found),
        added=statistics.median(added),
        added_p90=statistics.quantiles(added, n=10)[-1],
    )
