"""The figures of a run, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from benchmarks.agreement import Agreement
from benchmarks.building import Built, Served
from benchmarks.searching import Compared, Stages

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class SizeReport:
    """One collection of posts: what every engine made of it."""

    title: str
    posts: int
    text_mb: float
    built: Mapping[str, Built]
    served: Mapping[str, Served]
    compared: Sequence[Compared]
    stages: Mapping[str, Stages]


@dataclass(frozen=True, slots=True)
class Report:
    """A run: the machine, one part a collection, and single figures by name."""

    machine: Mapping[str, str]
    sizes: Sequence[SizeReport] = ()
    figures: Mapping[str, float] = field(default_factory=dict)

    def as_json(self) -> str:
        """Everything that was measured."""
        return json.dumps(asdict(self), indent=2)

    def as_markdown(self) -> str:
        """The tables that are read."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield ", ".join(f"{name} {value}" for name, value in self.machine.items())
        for size in self.sizes:
            yield f"\n## {size.title}: {size.posts:,} posts, {size.text_mb:,.0f} MB of text\n"
            yield from _table(_BUILT, _built(size))
            yield ""
            yield from _table(_COMPARED, map(_compared, size.compared))
            yield "\nWhere the time of a search goes, in the middle:\n"
            yield from _table(_STAGES, (_stages(*stages) for stages in size.stages.items()))
        if self.figures:
            yield "\n## Importing and starting\n"
            yield from _table(("", ""), ((name, _number(value)) for name, value in self.figures.items()))


_BUILT = ("engine", "posts/s built", "building, peak MB", "index MB", "open + answer, ms", "serving MB")
_COMPARED = (
    "queries", "beside", "ours p50", "p99", "theirs p50", "p99", "p50 ratio", "p99 ratio",
    "same totals", "worst", "same facets", "same top 10",
)  # fmt: skip
_STAGES = ("queries", "matching, ms", "+ facets", "+ texts and snippets")


def _built(size: SizeReport) -> Iterator[Row]:
    for name, built in size.built.items():
        served = size.served[name]
        figures = (built.posts_a_second, built.peak_mb, built.index_mb, served.open_ms, served.memory_mb)
        yield name, *map(_number, figures)


def _compared(compared: Compared) -> Row:
    pair = compared.pair
    other = compared.other if compared.facets else f"{compared.other}, no facets"
    latencies = (pair.ours.p50, pair.ours.p99, pair.theirs.p50, pair.theirs.p99)
    ratios = (pair.p50_ratio, pair.p99_ratio)
    return compared.queries, other, *map(_number, (*latencies, *ratios)), *_agreement(compared.agreement)


def _agreement(agreement: Agreement | None) -> Row:
    if agreement is None:
        return ("",) * 4
    return (
        f"{agreement.totals}/{agreement.cases}",
        f"{agreement.worst:.1%}",
        f"{agreement.facets}/{agreement.totals}",
        f"{agreement.top_ten:.0%}",
    )


def _stages(queries: str, stages: Stages) -> Row:
    return queries, *map(_number, (stages.matching, stages.facets, stages.snippets))


def _number(value: float) -> str:
    """Three digits that tell something, and no more."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3f}"


def _table(heads: Row, rows: Iterator[Row] | map[Row]) -> Iterator[str]:
    yield _line(heads)
    yield _line(["---"] + ["--:"] * (len(heads) - 1))
    yield from map(_line, rows)


def _line(cells: Row) -> str:
    return f"| {' | '.join(cells)} |"
