"""The figures as Markdown."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.serving.latency import Cost


@dataclass(frozen=True, slots=True)
class Rates:
    """Requests a second in one round, of JSON or of pages: here and of Datasette."""

    ours: float
    theirs: float


def as_markdown(
    costs: Sequence[Cost], rates: Mapping[str, Sequence[Rates]], same: float, options: Namespace
) -> str:
    """Both tables; `same` is the share of searches in which both servers find as many posts."""
    rows = [
        (
            "one after the other",
            "in the process, p50 ms",
            "over HTTP, p50 ms",
            "added, p50 ms",
            "added, p90 ms",
        ),
        *((f"`{c.name}`", *map(_ms, (c.inside, c.outside, c.added, c.added_p90))) for c in costs),
    ]
    pace = [
        (
            f"{options.connections} at once",
            f"requests a second, {options.workers} workers",
            "Datasette",
            "times",
        ),
        *((f"`{name}`", *_beside(each)) for name, each in rates.items()),
    ]
    found = f"Both find as many posts in {same:.0%} of the searches, give or take 2 %."
    return "\n\n".join((_table(rows), _table(pace), found))


def _beside(rates: Sequence[Rates]) -> tuple[str, str, str]:
    ours, theirs = median(each.ours for each in rates), median(each.theirs for each in rates)
    return f"{ours:,.0f}", f"{theirs:,.1f}", f"{median(each.ours / each.theirs for each in rates):.1f}"


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.2f}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    first, *others = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([first, "|" + "---|" * len(rows[0]), *others])
