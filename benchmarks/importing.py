"""Importing the corpus as a WordPress export, and how long the command takes to start."""

from __future__ import annotations

import json
import statistics
from pathlib import Path

from benchmarks.corpus import write_wxr
from benchmarks.measure import BLOGSEARCH, PYTHON, run_process

READ = """
import sys
from indexer.formats.wxr import FORMAT
from indexer.source import walk
print(sum(1 for source in walk(sys.argv[1]) for _ in FORMAT.read(source)))
"""


def measure_importing(corpus: Path, folder: Path) -> dict[str, float]:
    """Reading an export of the corpus alone, importing it, and importing it again."""
    export, data = folder / "corpus.xml", folder / "data"
    posts = write_wxr(corpus, export)
    megabytes = export.stat().st_size / 1e6
    reading = run_process([PYTHON, "-c", READ, str(export)])
    command = [BLOGSEARCH, "reindex", "--json", "--data", str(data), str(export)]
    first, again = run_process(command), run_process(command)
    return {
        "posts": posts,
        "export, MB": megabytes,
        "records read": float(reading.output),
        "reading alone, MB/s": megabytes / reading.seconds,
        "reading alone, peak MB": reading.peak_mb,
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
