"""The figures as pictures, of one run or of several: `python -m benchmarks.plot A.json B.json --svg FOLDER`.

Without `--svg` the tables of the runs together are printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.measure import Latency
from benchmarks.peers.registry import PEERS, THIS
from benchmarks.report import Report, SizeReport
from benchmarks.svg import LogScale, Picture, decades
from benchmarks.tables import as_markdown

ENGINES: Final = (THIS, *PEERS)
"""The series, in the order of their colours."""

_WIDTH: Final = 860
_LEFT, _RIGHT, _TOP = 120, 110, 70
_BAR: Final = 10
"""Pixels from one engine to the next, within a class."""
_GAP: Final = 14
_PANEL: Final = 168, 190
_PANELS: Final = 5
"""Panels side by side."""

Latencies = Mapping[str, Mapping[str, Latency]]
"""By engine and class."""


def draw(report: Report, folder: Path) -> list[Path]:
    """Write one picture a collection, and one of growth where there are several generated ones."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {f"latency-{_name(size)}.svg": latency_picture(size) for size in report.sizes if size.compared}
    if len(report.generated) > 1:
        pictures["growth.svg"] = growth_picture(report.generated)
    for name, picture in pictures.items():
        (folder / name).write_text(str(picture), "utf-8")
    return [folder / name for name in pictures]


def latency_picture(size: SizeReport) -> Picture:
    """For each class and engine a mark at its p50, and a line to its p99."""
    engines = _engines(size)
    height = _TOP + len(size.classes) * (len(engines) * _BAR + _GAP) + 40
    title = (
        f"A faceted search of {size.posts:,} posts: the middle one, and a line to the slowest of a hundred"
    )
    picture = Picture(_WIDTH, height, title)
    _heading(picture, title, engines)
    every = [time for by_class in engines.values() for time in by_class.values()]
    scale = LogScale(*decades(ms for time in every for ms in (time.p50, time.p99)), _LEFT, _WIDTH - _RIGHT)
    for tick in scale.ticks():
        x = scale.place(tick)
        picture.line([(x, _TOP - 8), (x, height - 32)], "grid")
        picture.text((x, height - 16), f"{tick:g} ms", "small middle")
    if "tantivy" in engines:
        picture.text((_WIDTH - 4, _TOP - 12), "p50 / tantivy’s", "small end")
    for row, queries in enumerate(size.classes):
        top = _TOP + row * (len(engines) * _BAR + _GAP)
        _row(picture, queries, engines, scale, top)
    return picture


def growth_picture(sizes: Sequence[SizeReport]) -> Picture:
    """A panel a class: the p50 of each engine by the number of posts, and what growing in step would be."""
    classes = [queries for queries in sizes[0].classes if all(queries in size.classes for size in sizes)]
    engines = {name: by_class for size in sizes for name, by_class in _engines(size).items()}
    rows = -(-len(classes) // _PANELS)
    title = (
        "The middle faceted search, in milliseconds, by the number of posts; dotted: in step with the posts"
    )
    picture = Picture(_WIDTH, _TOP + rows * (_PANEL[1] + 40), title)
    _heading(picture, title, engines)
    times = [time.p50 for size in sizes for by in _engines(size).values() for time in by.values()]
    for number, queries in enumerate(classes):
        column, row = number % _PANELS, number // _PANELS
        corner = 36 + column * (_PANEL[0] - 4), _TOP + 12 + row * (_PANEL[1] + 40)
        _panel(picture, queries, sizes, corner, decades(times))
    return picture


def _heading(picture: Picture, title: str, engines: Latencies) -> None:
    picture.text((8, 20), title, "title")
    for number, name in enumerate(engines):
        series = ENGINES.index(name)
        picture.mark((16 + 110 * number, 40), series)
        picture.text((26 + 110 * number, 44), name)


def _row(picture: Picture, queries: str, engines: Latencies, scale: LogScale, top: float) -> None:
    middle = top + (len(engines) - 1) * _BAR / 2
    picture.text((_LEFT - 12, middle + 4), queries, "end")
    for number, (name, by_class) in enumerate(engines.items()):
        if time := by_class.get(queries):
            series, y = ENGINES.index(name), top + number * _BAR
            p50, p99 = scale.place(time.p50), scale.place(time.p99)
            picture.line([(p50, y), (p99, y), (p99, y - 3), (p99, y + 3)], f"series s{series}")
            picture.mark((p50, y), series)
    ours, theirs = engines[THIS][queries], engines.get("tantivy", {}).get(queries)
    if theirs:
        picture.text((_WIDTH - 4, middle + 4), f"{ours.p50 / theirs.p50:.2f} ×", "end")


def _panel(
    picture: Picture,
    queries: str,
    sizes: Sequence[SizeReport],
    corner: tuple[float, float],
    span: tuple[float, float],
) -> None:
    left, top = corner
    width, bottom = _PANEL[0] - 40, top + _PANEL[1] - 24
    across = LogScale(sizes[0].posts, sizes[-1].posts, left + 10, left + width - 10)
    up = LogScale(*span, bottom, top + 8)
    picture.text((left + width / 2, top), queries, "middle")
    for tick in up.ticks():
        picture.line([(left, up.place(tick)), (left + width, up.place(tick))], "grid")
        picture.text((left - 4, up.place(tick) + 4), f"{tick:g}", "small end")
    for size in sizes:
        picture.text((across.place(size.posts), bottom + 16), _short(size.posts), "small middle")
    by_engine = {
        name: [
            (across.place(size.posts), up.place(time.p50))
            for size in sizes
            if (time := _engines(size).get(name, {}).get(queries))
        ]
        for name in ENGINES
    }
    first = sizes[0].latencies(THIS)[queries].p50
    in_step = [first * size.posts / sizes[0].posts for size in sizes]
    inside = [
        (across.place(s.posts), up.place(ms)) for s, ms in zip(sizes, in_step, strict=True) if ms <= span[1]
    ]
    picture.line(inside, "series linear")
    for series, name in enumerate(ENGINES):
        picture.line(by_engine[name], f"series s{series}")
        for point in by_engine[name]:
            picture.mark(point, series, 3.0)


def _engines(size: SizeReport) -> dict[str, dict[str, Latency]]:
    latencies = {name: size.latencies(name) for name in ENGINES}
    return {name: by_class for name, by_class in latencies.items() if by_class}


def _name(size: SizeReport) -> str:
    return f"{size.posts}" if size.title == "Generated" else "corpus"


def _short(posts: int) -> str:
    return f"{posts // 1_000_000}M" if posts >= 1_000_000 else f"{posts / 1_000:g}k"


def main() -> None:
    """Draw, or print, what was measured in several runs."""
    parser = argparse.ArgumentParser("python -m benchmarks.plot", description=__doc__)
    parser.add_argument(
        "runs", type=Path, nargs="+", help="what --json wrote; the later of two figures counts"
    )
    parser.add_argument("--svg", type=Path, help="the folder to draw into")
    options = parser.parse_args()
    report = Report.together(Report.from_json(run.read_text("utf-8")) for run in options.runs)
    if options.svg:
        print(*draw(report, options.svg), sep="\n")
    else:
        print(as_markdown(report))


if __name__ == "__main__":
    main()
