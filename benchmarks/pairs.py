"""Two engines measured in turns, so that whatever else the machine does slows both."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.cases import Case
from benchmarks.measure import Latency
from benchmarks.peers.peer import Answer

Search = Callable[[Case], Answer]
"""Answers one case."""

_FEWEST: Final = 3
"""Cases that are asked however long they take, and rounds over them that are measured: one less."""


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


@dataclass(frozen=True, slots=True)
class Measured:
    """A pair, and what the two answered to each case."""

    pair: Pair
    answers: tuple[tuple[Answer, Answer], ...]


def measure_pair(
    ours: Search, theirs: Search, cases: Sequence[Case], *, most_rounds: int, seconds: float
) -> Measured:
    """Ask both every case in turn: one round to warm up, then until the rounds or the seconds are over.

    At least two rounds are measured, however long they take. Where a third of the seconds is not enough to
    warm up, the pair is measured on the cases it was enough for, three at least.
    """
    started = time.perf_counter()
    answers: list[tuple[Answer, Answer]] = []
    for case in cases:
        if len(answers) >= _FEWEST and time.perf_counter() > started + seconds / _FEWEST:
            break
        answers.append((ours(case), theirs(case)))
    mine: list[float] = []
    others: list[float] = []
    rounds = 0
    while rounds < most_rounds and (rounds < _FEWEST - 1 or time.perf_counter() < started + seconds):
        for case in cases[: len(answers)]:
            mine.append(_milliseconds(ours, case))
            others.append(_milliseconds(theirs, case))
        rounds += 1
    return Measured(Pair(Latency.of(mine), Latency.of(others), rounds), tuple(answers))


def _milliseconds(search: Search, case: Case) -> float:
    started = time.perf_counter()
    search(case)
    return (time.perf_counter() - started) * 1000
