"""Two engines measured in turns, so that whatever else the machine does slows both."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.cases import Case
from benchmarks.measure import Latency

Search = Callable[[Case], object]
"""Answers one case."""


@dataclass(frozen=True, slots=True)
class Pair:
    """How long two took over the same cases, and in how many rounds."""

    ours: Latency
    theirs: Latency
    rounds: int

    @property
    def p50_ratio(self) -> float:
        """Ours as a share of theirs, in the middle: below 1 is quicker."""
        return self.ours.p50 / self.theirs.p50

    @property
    def p99_ratio(self) -> float:
        """Ours as a share of theirs, among the slowest of a hundred."""
        return self.ours.p99 / self.theirs.p99


def measure_pair(
    ours: Search, theirs: Search, cases: Sequence[Case], *, most_rounds: int, seconds: float
) -> Pair:
    """Ask both every case in turn: one round to warm up, then until the rounds or the seconds are over.

    At least two rounds are measured, however long they take.
    """
    mine: list[float] = []
    others: list[float] = []
    rounds = -1
    end = time.perf_counter() + seconds
    while rounds < most_rounds and (rounds < 2 or time.perf_counter() < end):
        rounds += 1
        for case in cases:
            mine_ms, others_ms = _milliseconds(ours, case), _milliseconds(theirs, case)
            if rounds:
                mine.append(mine_ms)
                others.append(others_ms)
    return Pair(Latency.of(mine), Latency.of(others), rounds)


def _milliseconds(search: Search, case: Case) -> float:
    started = time.perf_counter()
    search(case)
    return (time.perf_counter() - started) * 1000
