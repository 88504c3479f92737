"""A report as Markdown: the tables that are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Final

from benchmarks.agreement import Agreement
from benchmarks.growth import Grown
from benchmarks.pacing import Paced
from benchmarks.report import Report, SizeReport
from benchmarks.searching import Compared, Stages
from benchmarks.targets import Target, growth_target, targets

Row = Sequence[str]

_BUILT: Final = (
    "engine", "posts/s built", "building, peak MB", "index MB", "open + answer, ms", "serving MB"
)  # fmt: skip
_PACED: Final = ("building in turns beside", "turns", "ours, posts/s", "theirs", "of posts", "ratio")
_COMPARED: Final = (
    "queries", "beside", "ours p50", "p99", "theirs p50", "p99", "p50 ratio", "p99 ratio",
    "same totals", "worst", "same facets", "same top 10",
)  # fmt: skip
_COLD: Final = ("queries", "engine", "warm p50", "asked once, p50", "slowest")
_STAGES: Final = ("queries", "matching, ms", "+ facets", "+ texts and snippets", "shares")
_TARGETS: Final = ("figure", "at most", "reached", "allowed", "ratio", "the worst", "met")
_GROWN: Final = (
    "queries", "posts", "p50, ms", "postings touched", "ns a posting", "times as long", "times the postings",
    "ratio",
)  # fmt: skip


def as_markdown(report: Report) -> str:
    """Everything that a reader wants to know first."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield ", ".join(f"{name} {value}" for name, value in report.machine.items())
    for size in report.sizes:
        yield from _collection(size)
    if grown := report.growth():
        yield "\n## Growth\n"
        yield from _table(_GROWN, map(_grown, grown))
        yield ""
        yield from _table(_TARGETS, map(_target, growth_target(grown)))
    if report.figures:
        yield "\n## Importing and starting\n"
        yield from _table(("", ""), ((name, _number(value)) for name, value in report.figures.items()))


def _collection(size: SizeReport) -> Iterator[str]:
    yield f"\n## {size.title}: {size.posts:,} posts, {size.text_mb:,.0f} MB of text\n"
    yield from _table(_BUILT, _built(size))
    if any(built.kept for built in size.built.values()):
        yield "\n\\* built in an earlier run and kept: the size holds, the pace is of another day."
    for heads, rows in (
        (_PACED, map(_paced, size.paced)),
        (_COMPARED, map(_compared, size.compared)),
        (_COLD, _cold(size)),
    ):
        yield ""
        yield from _table(heads, rows)
    if size.stages:
        yield "\nWhere the time of a search goes, in the middle:\n"
        yield from _table(_STAGES, (_stages(*stages) for stages in size.stages.items()))
    yield "\nThe figures to reach, and the worst of what was reached (a ratio of at most 1 is met):\n"
    yield from _table(_TARGETS, map(_target, targets(size)))


def _built(size: SizeReport) -> Iterator[Row]:
    for name, served in size.served.items():
        built = size.built.get(name)
        figures = (built.posts_a_second, built.peak_mb, built.index_mb) if built else ()
        cells = [_number(figure) for figure in figures] or [""] * 3
        star = "\\*" if built and built.kept else ""
        yield name, cells[0] + star, *cells[1:], _number(served.open_ms), _number(served.memory_mb)


def _paced(paced: Paced) -> Row:
    paces = _number(median(paced.ours)), _number(median(paced.theirs))
    return paced.other, str(len(paced.ours)), *paces, f"{paced.theirs_posts:,}", _number(paced.ratio)


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


def _cold(size: SizeReport) -> Iterator[Row]:
    warm = {name: size.latencies(name) for name in size.served}
    for queries in size.classes:
        for name, served in size.served.items():
            if cold := served.cold.get(queries):
                yield queries, name, *map(_number, (warm[name][queries].p50, cold.p50, cold.slowest))


def _stages(queries: str, stages: Stages) -> Row:
    figures = (stages.matching, stages.facets, stages.snippets)
    whole = sum(figures)
    return queries, *map(_number, figures), " / ".join(f"{figure / whole:.0%}" for figure in figures)


def _target(target: Target) -> Row:
    figures = (target.reached, target.allowed, target.ratio)
    met = f"{target.met}/{target.judged}"
    return target.figure, target.wanted, *map(_number, figures), target.worst, met


def _grown(grown: Grown) -> Row:
    return (
        grown.queries,
        " → ".join(f"{posts:,}" for posts in grown.posts),
        " → ".join(map(_number, grown.p50)),
        " → ".join(map(_number, grown.touched)),
        " → ".join(_number(ms * 1e6 / work) for ms, work in zip(grown.p50, grown.touched, strict=True)),
        *map(_number, (grown.times, grown.work, grown.ratio)),
    )


def _number(value: float) -> str:
    """Three digits that tell something, and no more."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3f}"


def _table(heads: Row, rows: Iterable[Row]) -> Iterator[str]:
    yield _line(heads)
    yield _line(["---"] + ["--:"] * (len(heads) - 1))
    yield from map(_line, rows)


def _line(cells: Row) -> str:
    return f"| {' | '.join(cells)} |"
