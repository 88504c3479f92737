"""The figures that this project sets out to reach, and what a run reached of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.growth import Grown
from benchmarks.measure import Latency
from benchmarks.peers.registry import THIS, WHOLE
from benchmarks.report import SizeReport
from search.engine import MEGABYTES

Outcomes = Mapping[str, tuple[float, float]]
"""By class, or by whatever the figure is of: what was reached, and the most that is allowed."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `share` of the milliseconds of another, or `floor` milliseconds where that is more."""

    other: str
    share: float
    floor: float = 0.0
    facets: bool = True

    def wanted(self) -> str:
        """As a row says it."""
        floor = f", or {self.floor:g} ms" if self.floor else ""
        return f"{self.share:g} × {self.other}'s{floor}"


LIMITS: Final = (
    Limit("tantivy", 0.5, floor=0.5),
    Limit("fts5", 0.04),
    Limit("fts5", 0.04, floor=0.5),
    Limit("whoosh", 0.01),
    Limit("whoosh", 0.01, floor=0.5),
    Limit("tantivy", 5.0, facets=False),
)
WHOLE_SHARE: Final = 1.5
WHOLE_FLOOR_MS: Final = 3.0
PACES: Final = {"tantivy": 1.3, "whoosh": 25.0}
"""How many times as many posts a second as these."""
OPEN_MS: Final = 100.0
SERVING_MB: Final = 150.0

_PERCENTILES: Final[Mapping[str, Callable[[Latency], float]]] = {
    "p50": lambda latency: latency.p50,
    "p99": lambda latency: latency.p99,
}


@dataclass(frozen=True, slots=True)
class Target:
    """One figure: what is wanted, the worst of what was reached, and that as a share of what is allowed.

    A ratio of at most 1 is met. `met` of `judged` outcomes were.
    """

    figure: str
    wanted: str
    worst: str
    reached: float
    allowed: float
    met: int
    judged: int

    @property
    def ratio(self) -> float:
        """What was reached as a share of what is allowed."""
        return self.reached / self.allowed

    @classmethod
    def of(cls, figure: str, wanted: str, outcomes: Outcomes) -> Target:
        """Judge outcomes, one at least; the worst stands for all."""
        worst = max(outcomes, key=lambda name: outcomes[name][0] / outcomes[name][1])
        met = sum(reached <= allowed for reached, allowed in outcomes.values())
        return cls(figure, wanted, worst, *outcomes[worst], met, len(outcomes))


def targets(size: SizeReport) -> Iterator[Target]:
    """Every figure that one collection can tell."""
    for limit in LIMITS:
        yield from _searching(limit, size)
    yield from _whole(size)
    yield from _building(size)
    for name in (THIS, WHOLE):
        if served := size.served.get(name):
            yield Target.of("open and answer, ms", f"{OPEN_MS:g}", {name: (served.open_ms, OPEN_MS)})
            yield Target.of("serving, MB", f"{SERVING_MB:g}", {name: (served.memory_mb, SERVING_MB)})


def growth_target(grown: Sequence[Grown]) -> Iterator[Target]:
    """No class grows faster than the postings it touches."""
    if grown:
        outcomes = {f"{g.queries}, {g.posts[1]:,} posts": (g.times, g.work) for g in grown}
        yield Target.of("growth, times as long", "postings touched", outcomes)


def _searching(limit: Limit, size: SizeReport) -> Iterator[Target]:
    facets = "" if limit.facets else ", no facets"
    pairs = {queries: c.pair for queries, c in size.beside(limit.other, facets=limit.facets).items()}
    for name, percentile in _PERCENTILES.items() if pairs else ():
        outcomes = {
            queries: (percentile(pair.ours), max(limit.share * percentile(pair.theirs), limit.floor))
            for queries, pair in pairs.items()
        }
        yield Target.of(f"top 10{facets}: {name}, ms", limit.wanted(), outcomes)


def _whole(size: SizeReport) -> Iterator[Target]:
    pairs = {queries: c.pair for queries, c in size.beside(WHOLE).items()}
    for name, percentile in _PERCENTILES.items() if pairs else ():
        outcomes = {
            queries: (percentile(pair.theirs), max(WHOLE_SHARE * percentile(pair.ours), WHOLE_FLOOR_MS))
            for queries, pair in pairs.items()
        }
        wanted = f"{WHOLE_SHARE:g} × the engine's, or {WHOLE_FLOOR_MS:g} ms"
        yield Target.of(f"whole search: {name}, ms", wanted, outcomes)


def _building(size: SizeReport) -> Iterator[Target]:
    for paced in size.paced:
        wanted = PACES[paced.other]
        yield Target.of(
            "building, their pace as a share of ours",
            f"1 / {wanted:g}",
            {paced.other: (1 / paced.ratio, 1 / wanted)},
        )
    ours = size.built[THIS]
    if tantivy := size.built.get("tantivy"):
        yield Target.of("index, MB", "tantivy's", {THIS: (ours.index_mb, tantivy.index_mb)})
    yield Target.of("building, peak MB", f"{MEGABYTES:g}", {THIS: (ours.peak_mb, float(MEGABYTES))})
