"""Searching by class of query: this project beside each peer, in pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.agreement import Agreement, compare
from benchmarks.cases import Case
from benchmarks.pairs import Measured, Pair, Search, measure_pair
from benchmarks.peers.peer import Opened
from benchmarks.peers.registry import PRUNING, THIS, WHOLE

Classes = Mapping[str, Sequence[Case]]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: rounds over the cases of a class, ended by so many seconds a pair."""

    rounds: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One class of queries, this project beside one other; `facets` says whether they were counted."""

    queries: str
    other: str
    facets: bool
    pair: Pair
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class Stages:
    """The middle search of a class by what is asked of it, in milliseconds.

    `matching` parses, matches and ranks, `facets` is what counting adds to it, and `snippets` what texts
    and snippets add to that.
    """

    matching: float
    facets: float
    snippets: float


def measure_searching(classes: Classes, engines: Mapping[str, Opened], effort: Effort) -> Iterator[Compared]:
    """Every class with facets beside every other engine, and without beside tantivy, which prunes there."""
    this = partial(engines[THIS].search, facets=True)
    for queries, cases in classes.items():
        for name, engine in engines.items():
            if name != THIS:
                measured = _measure(this, partial(engine.search, facets=True), cases, effort)
                yield Compared(queries, name, True, measured.pair, compare(measured.answers))
        if PRUNING in engines:
            alone = partial(engines[THIS].search, facets=False)
            other = partial(engines[PRUNING].search, facets=False)
            yield Compared(queries, PRUNING, False, _measure(alone, other, cases, effort).pair, None)


def measure_stages(classes: Classes, engines: Mapping[str, Opened], effort: Effort) -> dict[str, Stages]:
    """Where the time of this project's own searches goes; nothing, where the whole search is not open."""
    if WHOLE not in engines:
        return {}
    this, whole = engines[THIS].search, engines[WHOLE].search
    stages = {}
    for queries, cases in classes.items():
        counting = _measure(partial(this, facets=False), partial(this, facets=True), cases, effort).pair
        cutting = _measure(partial(this, facets=True), partial(whole, facets=True), cases, effort).pair
        stages[queries] = Stages(
            matching=counting.ours.p50,
            facets=counting.theirs.p50 - counting.ours.p50,
            snippets=cutting.theirs.p50 - cutting.ours.p50,
        )
    return stages


def _measure(ours: Search, theirs: Search, cases: Sequence[Case], effort: Effort) -> Measured:
    return measure_pair(ours, theirs, cases, most_rounds=effort.rounds, seconds=effort.seconds)
