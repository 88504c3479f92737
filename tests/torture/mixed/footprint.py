"""What a process takes of the machine, and whether it takes more and more.

Linux tells it below `/proc/PID` (proc(5)): memory in `smaps_rollup`, open files in `fd`, mappings in `maps`.
"""

from __future__ import annotations

import os
import re
import statistics
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from tests.torture.outcome import CannotRun

_MEMORY = re.compile(r"^(Rss|Pss|Anonymous): +(\d+) kB$", re.MULTILINE)
_GENERATION = re.compile(r"/index/(\d{6,})/")
_TOLERATED = 0.03


@dataclass(frozen=True, slots=True)
class Footprint:
    """What one process has at a moment; memory in KB.

    `resident` is all that is in memory, `shared_out` the same with each page divided among those who share
    it, `own` what is in no file: only that can a program lose track of. `files` are open files and pipes,
    `generations` those of an index that are mapped.
    """

    resident: int
    shared_out: int
    own: int
    files: int
    sockets: int
    threads: int
    generations: int

    @classmethod
    def of(cls, process: int) -> Self:
        """Look at a process; raises `OSError` where there is none any more."""
        folder = Path(f"/proc/{process}")
        memory = {name: int(size) for name, size in _MEMORY.findall((folder / "smaps_rollup").read_text())}
        opened = [*_targets(folder / "fd")]
        sockets = sum(target.startswith("socket:") for target in opened)
        return cls(
            memory["Rss"],
            memory["Pss"],
            memory["Anonymous"],
            len(opened) - sockets,
            sockets,
            len(os.listdir(folder / "task")),  # noqa: PTH208 - names are enough
            len(set(_GENERATION.findall((folder / "maps").read_text()))),
        )


def _targets(folder: Path) -> Iterator[str]:
    for link in folder.iterdir():
        with suppress(FileNotFoundError):  # it was closed meanwhile
            yield str(link.readlink())


def children(process: int) -> list[int]:
    """The processes that a process began and that have not ended, the oldest first."""
    found = [
        int(child)
        for task in Path(f"/proc/{process}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return [child for _, child in sorted((_began(child), child) for child in found if _began(child))]


def _began(process: int) -> int:
    """When, in ticks since the machine began; 0 of one that ended meanwhile."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return 0
    state, *values = status.rpartition(")")[2].split()
    return 0 if state == "Z" else int(values[18])


COLUMNS = tuple(field.name for field in fields(Footprint))


def need_proc() -> None:
    """Raise `CannotRun` where no process tells what it takes."""
    if not Path("/proc/self/smaps_rollup").exists():
        raise CannotRun("it needs Linux 4.14 or later, which tells in /proc what a process takes")


def size_of(folder: Path) -> int:
    """KB that the files below a folder take, one with several names counted once."""
    found: dict[int, int] = {}
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                status = (Path(place) / name).stat()
            except FileNotFoundError:  # it went meanwhile
                continue
            found[status.st_ino] = status.st_blocks // 2
    return sum(found.values())


def slope(seconds: Sequence[float], values: Sequence[float]) -> float:
    """By how much the values grow a minute: least squares, without the first tenth, which warms up."""
    start = len(values) // 10
    if len(values) - start < 2:
        return 0.0
    return statistics.linear_regression(seconds[start:], values[start:]).slope * 60


def growth(values: Sequence[float], *, tolerated: float) -> str:
    """How much the last third has more than the middle one, in words; empty where it is flat.

    Flat is what grew from the median of the middle third to that of the last by 3 % at most, or by what is
    `tolerated`. A slope would be moved by one peak, and what leaks for days leaks in a third of an hour.
    """
    third = len(values) // 3
    if not third:
        return ""
    middle, last = (statistics.median(part) for part in (values[third : 2 * third], values[-third:]))
    if last - middle <= max(middle * _TOLERATED, tolerated):
        return ""
    return f"grew from {middle:,.0f} to {last:,.0f}"
