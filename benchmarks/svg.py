"""Just enough of SVG to draw figures that are read on a light and on a dark page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

Point = tuple[float, float]

MARKS: Final = ("circle", "square", "triangle", "diamond")
"""Shapes of series, in order: colours alone would leave out who cannot tell them apart."""
_OUTLINES: Final[dict[str, Sequence[Point]]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "triangle": ((0, -1.2), (1.2, 1), (-1.2, 1)),
    "diamond": ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
}
# Every colour has a contrast of at least 4.5 to 1 on its background: GitHub's white, and its near-black.
_STYLE: Final = """
  text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .title { font-size: 15px; font-weight: 600 } .small { font-size: 11px; fill: #59636e }
  .middle { text-anchor: middle } .end { text-anchor: end }
  .grid { stroke: #d1d9e0 } .linear { stroke: #818b98; stroke-dasharray: 2 3 }
  .series { stroke-width: 1.8; fill: none }
  .s0 { stroke: #0b57d0; --ink: #0b57d0 } .s1 { stroke: #b3470e; --ink: #b3470e }
  .s2 { stroke: #197a3c; --ink: #197a3c } .s3 { stroke: #8430b8; --ink: #8430b8 }
  .mark { fill: var(--ink); stroke: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .small { fill: #9198a1 } .grid { stroke: #3d444d } .linear { stroke: #7d8590 }
    .s0 { stroke: #6cb0ff; --ink: #6cb0ff } .s1 { stroke: #ffa35c; --ink: #ffa35c }
    .s2 { stroke: #56d364; --ink: #56d364 } .s3 { stroke: #d2a8ff; --ink: #d2a8ff }
  }
"""


@dataclass(frozen=True, slots=True)
class LogScale:
    """Values from `low` to `high` on a line from `start` to `end`, by their logarithms."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Where a value is; one beyond an end is at the end."""
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)

    def ticks(self) -> Iterator[float]:
        """The powers of ten from end to end."""
        first, last = (round(math.log10(value)) for value in (self.low, self.high))
        return (10.0**power for power in range(first, last + 1))


def decades(values: Iterable[float]) -> tuple[float, float]:
    """The power of ten below all values, which are above zero, and the one above all."""
    powers = [math.log10(value) for value in values]
    low, high = math.floor(min(powers)), math.ceil(max(powers))
    return 10.0**low, 10.0 ** max(high, low + 1)


class Picture:
    """Shapes on a page of some width and height, in pixels from its top left corner."""

    def __init__(self, width: int, height: int, description: str) -> None:
        self._shapes: list[str] = []
        self._head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" role="img"><title>{escape(description)}</title>'
        )

    def text(self, place: Point, text: str, kind: str = "") -> None:
        """Text that begins at a place, or as its kind says."""
        self._add(f'<text x="{place[0]:.1f}" y="{place[1]:.1f}" class="{kind}">{escape(text)}</text>')

    def line(self, points: Sequence[Point], kind: str) -> None:
        """A line through points."""
        self._add(f'<polyline points="{_path(points)}" class="{kind}"/>')

    def mark(self, place: Point, series: int, size: float = 4.0) -> None:
        """The mark of a series, in its colour and shape."""
        shape, kind = MARKS[series], f"mark s{series}"
        if outline := _OUTLINES.get(shape):
            points = [(place[0] + x * size, place[1] + y * size) for x, y in outline]
            self._add(f'<polygon points="{_path(points)}" class="{kind}"/>')
        else:
            self._add(f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{size}" class="{kind}"/>')

    def __str__(self) -> str:
        return "\n".join([self._head, f"<style>{_STYLE}</style>", *self._shapes, "</svg>\n"])

    def _add(self, shape: str) -> None:
        self._shapes.append(shape)


def _path(points: Iterable[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
