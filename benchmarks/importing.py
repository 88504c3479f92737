"""Importing the corpus as exports of several kinds, and how long the command takes to start."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable
from pathlib import Path

from benchmarks.exports import EXPORTS, Rendered, rendered, write_export
from benchmarks.measure import BLOGSEARCH, PYTHON, run_process

_READ = """
import json, sys, time
from indexer.formats import FORMATS
from indexer.input import Input
from indexer.normalise.batch import batches, normalise
from indexer.reader import Reader
from indexer.steps import NoSteps
from search.history import SourceRecord
spent = {"read": 0.0, "normalised": 0.0}
def timed(stage, values):
    values = iter(values)
    while True:
        started = time.process_time()
        value = next(values, None)
        spent[stage] += time.process_time() - started
        if value is None:
            return
        yield value
chosen = [one for one in FORMATS if one.name == sys.argv[2]]
reader = Reader(Input.at(SourceRecord(sys.argv[1])), chosen, NoSteps())
items = timed("read", reader.items())
sizes = (len(normalise("", "export", batch).outcomes) for batch in batches(items))
print(json.dumps({"records": sum(timed("normalised", sizes)), **spent}))
"""
"""Seconds of one core: normalising includes reading, as it asks for what is read."""


def measure_importing(corpus: Path, folder: Path, megabytes: float = 0) -> dict[str, float]:
    """Reading exports of the corpus on one core, importing one of them, and importing it again.

    With `megabytes` the corpus is repeated under other ids until an export is as large.
    """
    posts = rendered(corpus)
    figures: dict[str, float] = {}
    for kind in EXPORTS:
        figures |= _reading(kind, posts, folder / f"{kind}.xml", megabytes)
    return figures | _importing(folder / "wxr.xml", folder / "data")


def _reading(kind: str, posts: Iterable[Rendered], export: Path, megabytes: float) -> dict[str, float]:
    write_export(kind, posts, export, megabytes)
    size = export.stat().st_size / 1e6
    cost = run_process([PYTHON, "-c", _READ, str(export), kind])
    spent = json.loads(cost.output)
    return {
        f"{kind}, MB": size,
        f"{kind}, posts": spent["records"],
        f"{kind}, read, MB/s of one core": size / spent["read"],
        f"{kind}, read and normalised, MB/s of one core": size / spent["normalised"],
        f"{kind}, read and normalised, peak MB": cost.peak_mb,
    }


def _importing(export: Path, data: Path) -> dict[str, float]:
    command = [BLOGSEARCH, "reindex", "--json", "--data", str(data), str(export)]
    first, again = run_process(command), run_process(command)
    return {
        "reindex, seconds": first.seconds,
        "reindex, posts stored": json.loads(first.output)["archive"]["posts"],
        "reindex, peak MB": first.peak_mb,
        "reindex again, seconds": again.seconds,
        "reindex again, posts unchanged": json.loads(again.output)["changes"]["unchanged"],
    }


def measure_starting() -> dict[str, float]:
    """The command's help, as a whole process."""
    times = [run_process([BLOGSEARCH, "--help"]).seconds for _ in range(11)]
    return {"blogsearch --help, median ms": statistics.median(times) * 1000}
