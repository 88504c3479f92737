"""The figures as Markdown."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.serving.latency import Cost


@dataclass(frozen=True, slots=True)
class Rates:
    """Requests a second in one round: our JSON, our page, and Datasette's JSON."""

    json: float
    page: float
    datasette: float


def as_markdown(costs: Sequence[Cost], rates: Sequence[Rates], same: float, options: Namespace) -> str:
    """Both tables; `same` is the share of searches in which both servers find as many posts."""
    asked = f"{options.workers} workers"
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
        (f"{options.connections} at once", "requests a second", "times Datasette"),
        (f"`/search.json`, {asked}", *_beside([(each.json, each.datasette) for each in rates])),
        (f"`/search`, {asked}", *_beside([(each.page, each.datasette) for each in rates])),
        ("Datasette", f"{median(each.datasette for each in rates):,.1f}", "1"),
    ]
    found = f"Both find as many posts in {same:.0%} of the searches, give or take 2 %."
    return "\n\n".join((_table(rows), _table(pace), found))


def _beside(pairs: Sequence[tuple[float, float]]) -> tuple[str, str]:
    return (
        f"{median(ours for ours, _ in pairs):,.0f}",
        f"{median(ours / theirs for ours, theirs in pairs):.1f}",
    )


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.2f}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    first, *others = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([first, "|" + "---|" * len(rows[0]), *others])
