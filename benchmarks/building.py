"""Building and opening an index, each engine in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.measure import PYTHON, memory_in, run_process
from benchmarks.peers.registry import peer

_OPENINGS: Final = 5
_BARE: Final = "print(open('/proc/self/status').read(), end='')"
"""A process that does nothing else: what the interpreter itself takes."""


@dataclass(frozen=True, slots=True)
class Built:
    """What building took: posts a second, peak memory of its processes, and bytes on disk, in millions.

    `kept` says that it was built in an earlier run: its size holds, its pace is of another day.
    """

    posts_a_second: float
    peak_mb: float
    index_mb: float
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Cold:
    """Milliseconds of searches asked once, in a process that only just opened the index.

    The slowest is mostly the very first: it also loads whatever an engine loads when it is needed.
    """

    p50: float
    slowest: float


@dataclass(frozen=True, slots=True)
class Served:
    """What serving takes: milliseconds to open and answer once, memory over the interpreter's, and `cold`
    by class."""

    open_ms: float
    memory_mb: float
    cold: Mapping[str, Cold]


def measure_building(name: str, folder: Path, posts: Path, count: int) -> Built:
    """Build the index of an engine in `folder`."""
    cost = run_process([PYTHON, "-m", "benchmarks.worker", "build", name, str(folder), str(posts)])
    seconds = json.loads(cost.output)["seconds"]
    return Built(count / seconds, cost.peak_mb, peer(name).size(folder) / 1e6)


def measure_serving(name: str, folder: Path, everything: Path, classes: Mapping[str, Path]) -> Served:
    """Open what was built, again and again; then answer `everything`, and each class in a new process."""
    openings = [_work("open", name, folder, everything)["milliseconds"] for _ in range(_OPENINGS)]
    memory = _work("serve", name, folder, everything)["bytes"] - _interpreter()
    cold = {queries: _cold(_work("cold", name, folder, file)) for queries, file in classes.items()}
    return Served(median(openings), memory / 1e6, cold)


def _cold(measured: Mapping[str, Any]) -> Cold:
    times = measured["milliseconds"]
    return Cold(median(times), max(times))


def _interpreter() -> int:
    return memory_in(run_process([PYTHON, "-c", _BARE]).output)


def _work(task: str, name: str, folder: Path, file: Path) -> dict[str, Any]:
    cost = run_process([PYTHON, "-m", "benchmarks.worker", task, name, str(folder), str(file)])
    done: dict[str, Any] = json.loads(cost.output)
    return done
