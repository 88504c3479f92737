"""How searches grow with a collection: time beside the postings that a search touches."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean

from benchmarks.cases import Case, Joined
from benchmarks.measure import Latency
from benchmarks.peers.peer import Opened


@dataclass(frozen=True, slots=True)
class Grown:
    """One class at two sizes: milliseconds in the middle, and the postings touched by a search on average."""

    queries: str
    posts: tuple[int, int]
    p50: tuple[float, float]
    touched: tuple[float, float]

    @property
    def times(self) -> float:
        """How many times as long."""
        return self.p50[1] / self.p50[0]

    @property
    def work(self) -> float:
        """How many times as many postings."""
        return self.touched[1] / self.touched[0]

    @property
    def ratio(self) -> float:
        """The one as a share of the other: 1 is linear, below 1 is better."""
        return self.times / self.work

    @property
    def exponent(self) -> float:
        """The power of the postings that the time grows with: 1 is linear; 0 where the work did not grow."""
        return math.log(self.times) / math.log(self.work) if self.work > 1 else 0.0


def touched(engine: Opened, cases: Sequence[Case]) -> float:
    """The postings that a search of these cases touches on average, counted as posts a word.

    A prefix is taken as one word, though each of its words has postings of its own; without words, the posts
    that match are counted.
    """
    return fmean(sum(engine.search(alone, False).total for alone in _words(case)) for case in cases)


def growth(sizes: Sequence[tuple[int, Mapping[str, Latency], Mapping[str, float]]]) -> Iterator[Grown]:
    """Each class from one size to the next: posts, latencies and postings touched by class."""
    ordered = sorted(sizes, key=lambda size: size[0])
    for (few, quick, less), (many, slow, more) in pairwise(ordered):
        for queries in quick:
            if queries in slow and less.get(queries) and more.get(queries):
                yield Grown(
                    queries,
                    (few, many),
                    (quick[queries].p50, slow[queries].p50),
                    (less[queries], more[queries]),
                )


def _words(case: Case) -> list[Case]:
    joined = case.joined if case.joined is Joined.PREFIX else Joined.ALL
    return [replace(Case(), words=(word,), joined=joined) for word in case.words] or [case]
