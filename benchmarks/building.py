"""Building and opening an index, each engine in a process of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import PYTHON, run_process
from benchmarks.peers.registry import peer


@dataclass(frozen=True, slots=True)
class Built:
    """What building took: posts a second, peak memory of its processes, and bytes on disk, in millions."""

    posts_a_second: float
    peak_mb: float
    index_mb: float


@dataclass(frozen=True, slots=True)
class Served:
    """What serving takes: milliseconds to open and answer once, and memory over the interpreter's."""

    open_ms: float
    memory_mb: float


def measure_building(name: str, folder: Path, posts: Path, count: int) -> Built:
    """Build the index of an engine in `folder`."""
    cost = run_process([PYTHON, "-m", "benchmarks.worker", "build", name, str(folder), str(posts)])
    seconds = json.loads(cost.output)["seconds"]
    return Built(count / seconds, cost.peak_mb, peer(name).size(folder) / 1e6)


def measure_serving(name: str, folder: Path, cases: Path) -> Served:
    """Open what was built, and answer all cases once."""
    cost = run_process([PYTHON, "-m", "benchmarks.worker", "serve", name, str(folder), str(cases)])
    return Served(**json.loads(cost.output))
