"""Whether engines found the same: nobody is fast by being wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmarks.peers.peer import FACETS, Answer, Counted


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of the cases have equal totals, and what is to be said of the others.

    `worst` is the largest difference of totals, as a share of the larger one. `facets` says in how many of
    the cases with equal totals all facets have equal counts. `top_ten` is the share of first results
    that both have.
    """

    cases: int
    totals: int
    worst: float
    facets: int
    top_ten: float


def compare(answers: Sequence[tuple[Answer, Answer]]) -> Agreement:
    """Compare what two engines answered to the same cases, with facets."""
    same = [pair for pair in answers if pair[0].total == pair[1].total]
    return Agreement(
        cases=len(answers),
        totals=len(same),
        worst=max(_difference(mine.total, other.total) for mine, other in answers),
        facets=sum(_same_counts(mine, other) for mine, other in same),
        top_ten=fmean(_shared(mine.numbers, other.numbers) for mine, other in answers),
    )


def _difference(one: int, other: int) -> float:
    return abs(one - other) / max(one, other, 1)


def _same_counts(one: Answer, other: Answer) -> bool:
    return all(_counts(one.facets[name]) == _counts(other.facets[name]) for name in FACETS)


def _counts(counted: Counted) -> list[int]:
    """The counts alone: which of equally frequent values comes tenth is anybody's choice."""
    return [count for _, count in counted]


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    longer = max(len(one), len(other))
    return len(set(one) & set(other)) / longer if longer else 1.0
