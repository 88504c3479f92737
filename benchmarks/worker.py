"""One engine in a process of its own: `python -m benchmarks.worker TASK NAME FOLDER FILE`.

Prints one JSON object. `build` indexes the posts in FILE; the other tasks answer the cases in it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.cases import load_cases
from benchmarks.measure import own_memory
from benchmarks.peers.registry import peer

_LONGEST: Final = 20.0
"""Seconds after which no more cases are asked: stock Whoosh takes seconds for some."""


def build(name: str, folder: Path, posts: Path) -> dict[str, object]:
    """Seconds to index the posts, imports aside."""
    from benchmarks.posts import load  # noqa: PLC0415 - what reads a corpus is no part of serving

    engine = peer(name)
    started = time.perf_counter()
    engine.build(load(posts), folder)
    return {"seconds": time.perf_counter() - started}


def open_once(name: str, folder: Path, cases: Path) -> dict[str, object]:
    """Milliseconds to open the index and answer the first case, imports aside."""
    first = load_cases(cases)[0]
    engine = peer(name)
    started = time.perf_counter()
    opened = engine.open(folder)
    opened.search(first, facets=True)
    milliseconds = (time.perf_counter() - started) * 1000
    opened.close()
    return {"milliseconds": milliseconds}


def serve(name: str, folder: Path, cases: Path) -> dict[str, object]:
    """The memory of this process after answering the cases, in bytes that no file backs."""
    end = time.perf_counter() + _LONGEST
    with closing(peer(name).open(folder)) as opened:
        for case in load_cases(cases):
            opened.search(case, facets=True)
            if time.perf_counter() > end:
                break
        return {"bytes": own_memory()}


def cold(name: str, folder: Path, cases: Path) -> dict[str, object]:
    """Milliseconds of each case, asked once, of an index that was opened just now."""
    end = time.perf_counter() + _LONGEST
    taken = []
    with closing(peer(name).open(folder)) as opened:
        for case in load_cases(cases):
            started = time.perf_counter()
            opened.search(case, facets=True)
            taken.append((time.perf_counter() - started) * 1000)
            if time.perf_counter() > end:
                break
    return {"milliseconds": taken}


_TASKS: Final[dict[str, Callable[[str, Path, Path], dict[str, object]]]] = {
    "build": build,
    "open": open_once,
    "serve": serve,
    "cold": cold,
}


def main() -> None:
    """Do what the command line says."""
    task, name, folder, file = sys.argv[1:]
    print(json.dumps(_TASKS[task](name, Path(folder), Path(file))))


if __name__ == "__main__":
    main()
