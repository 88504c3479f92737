"""One engine in a process of its own: `python -m benchmarks.worker build|serve NAME FOLDER FILE`.

Prints one JSON object. `build` indexes the posts in FILE; `serve` answers the cases in FILE.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import psutil

from benchmarks.cases import load_cases
from benchmarks.peers.registry import peer
from benchmarks.posts import load

_MEGABYTE = 1e6


def build(name: str, folder: Path, posts: Path) -> dict[str, float]:
    """Seconds to index the posts, imports aside."""
    engine = peer(name)
    started = time.perf_counter()
    engine.build(load(posts), folder)
    return {"seconds": time.perf_counter() - started}


def serve(name: str, folder: Path, cases: Path) -> dict[str, float]:
    """Time to open and answer once, and the memory after all cases over what Python itself takes."""
    asked = load_cases(cases)
    before = private_megabytes()
    engine = peer(name)
    started = time.perf_counter()
    opened = engine.open(folder)
    opened.search(asked[0], facets=True)
    seconds = time.perf_counter() - started
    for case in asked:
        opened.search(case, facets=True)
    memory = private_megabytes() - before
    opened.close()
    return {"open_ms": seconds * 1000, "memory_mb": memory}


def private_megabytes() -> float:
    """Memory of this process that no file backs: mapped pages of an index are the system's to take back."""
    memory = psutil.Process().memory_info()
    return float(memory.rss - memory.shared) / _MEGABYTE


def main() -> None:
    """Do what the command line says."""
    task, name, folder, file = sys.argv[1:]
    tasks = {"build": build, "serve": serve}
    print(json.dumps(tasks[task](name, Path(folder), Path(file))))


if __name__ == "__main__":
    main()
