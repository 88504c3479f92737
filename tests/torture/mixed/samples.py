"""Samples of what processes take, in the course of time: kept in a file, and judged in the end."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Final

from tests.torture.mixed.footprint import COLUMNS, Footprint, growth, slope

FOLDER: Final = "data folder"
_MB: Final = 1024

TOLERATED: Final[Mapping[str, float]] = {
    "own": 2 * _MB,
    "files": 0,
    "threads": 0,
    "generations": 0,
    FOLDER: 2 * _MB,
}
"""What is judged, and by how much each may grow and still be flat. Memory in KB."""

TOLD: Final = {*TOLERATED, "resident", "shared_out"}


class Samples:
    """A series for each process that is looked at from beginning to end, by its name.

    What a process has in files (the index that it maps) the system takes back; so `own` memory is judged.
    Sockets come and go with the clients, who are as many in the end as in the beginning.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._times: dict[str, array[float]] = {}
        self._series: dict[tuple[str, str], array[float]] = {}
        with path.open("w", newline="") as out:
            csv.writer(out).writerow(["seconds", "what", *COLUMNS])

    def note(self, second: float, what: str, footprint: Footprint) -> None:
        """A process had this at that second."""
        self._note(second, what, dict(zip(COLUMNS, astuple(footprint), strict=True)))

    def note_folder(self, second: float, size: int) -> None:
        """The data folder took so many KB at that second."""
        self._note(second, FOLDER, {FOLDER: size})

    def _note(self, second: float, what: str, values: Mapping[str, float]) -> None:
        self._times.setdefault(what, array("d")).append(second)
        for name, value in values.items():
            self._series.setdefault((what, name), array("d")).append(value)
        with self._path.open("a", newline="") as out:
            csv.writer(out).writerow([f"{second:.1f}", what, *values.values()])

    def growing(self) -> Iterator[str]:
        """What is not flat; see `growth`."""
        for (what, name), values in self._series.items():
            if name in TOLERATED and (more := growth(values, tolerated=TOLERATED[name])):
                yield f"{what}: {name} {more}"

    def slopes(self) -> dict[str, str]:
        """By how much each has grown a minute, and what it had in the end: one line for each process."""
        told: dict[str, list[str]] = {}
        for (what, name), values in self._series.items():
            if name in TOLD:
                per_minute = slope(self._times[what], values)
                told.setdefault(what, []).append(f"{name} {per_minute:+,.2f} to {values[-1]:,.0f}")
        return {f"{what}, growth a minute (KB)": ", ".join(parts) for what, parts in told.items()}


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values is below of; 0 for none."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0
