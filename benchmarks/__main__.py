"""`python -m benchmarks CORPUS`: import a corpus as a WordPress export and search it, with the figures.

CORPUS is a gzipped file of one JSON object a line, with `id`, `blog`, `title`, `date`, `authors`,
`tags`, `body` and `format` (html or markdown).
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from pathlib import Path

from benchmarks.corpus import write_wxr
from benchmarks.measure import BLOGSEARCH, PYTHON, latency, run_process
from search.archive import Archive
from search.query.parser import parse
from search.request import Filters, SearchRequest, Sort, ValueFilter

READ = """
import sys
from indexer.formats.wxr import FORMAT
from indexer.source import walk
print(sum(1 for source in walk(sys.argv[1]) for _ in FORMAT.read(source)))
"""

QUERIES = {
    "rare word": ("webassembly", "borrowck", "gopher"),
    "common word": ("new", "release", "government"),
    "two words, all": ("open source", "user experience", "memory safety"),
    "phrase": ('"open source"', '"social media"', '"release notes"'),
    "prefix": ("comp*", "secur*", "acces*"),
    "browse": ("",),
}


def main() -> None:
    """Measure everything and print one table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--json", type=Path, help="write the figures here as well")
    options = arguments.parse_args()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        export, data = Path(folder, "corpus.xml"), Path(folder, "data")
        figures["posts"] = write_wxr(options.corpus, export)
        figures["export, MB"] = export.stat().st_size / 1e6
        figures |= measure_importing(export, data)
        figures |= measure_searching(data)
    figures |= measure_starting()
    for name, value in figures.items():
        print(f"{name:<42}{value:>12,.2f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))


def measure_importing(export: Path, data: Path) -> dict[str, float]:
    """Reading the export alone, importing it, and importing it again."""
    megabytes = export.stat().st_size / 1e6
    reading = run_process([PYTHON, "-c", READ, str(export)])
    command = [BLOGSEARCH, "reindex", "--json", "--data", str(data), str(export)]
    first, again = run_process(command), run_process(command)
    return {
        "records read": float(reading.output),
        "reading alone, MB/s": megabytes / reading.seconds,
        "reading alone, peak MB": reading.peak_mb,
        "reindex, seconds": first.seconds,
        "reindex, posts stored": json.loads(first.output)["archive"]["posts"],
        "reindex, peak MB": first.peak_mb,
        "reindex again, seconds": again.seconds,
        "reindex again, posts unchanged": json.loads(again.output)["changes"]["unchanged"],
    }


def measure_searching(data: Path) -> dict[str, float]:
    """Whole searches in the process, facets and snippets included, by class of query."""
    figures = {}
    with Archive.open(data) as archive:
        tagged = Filters(values=(ValueFilter("tag", ("security",)),))
        requests = {name: [SearchRequest(query=parse(q)) for q in texts] for name, texts in QUERIES.items()}
        requests["filter only"] = [SearchRequest(filters=tagged)]
        requests["newest first"] = [SearchRequest(query=parse("release"), sort=Sort.NEWEST)]
        for name, asked in requests.items():
            times = latency([lambda request=request: archive.search(request) for request in asked], rounds=20)  # type: ignore[misc]
            figures[f"search, {name}, p50 ms"] = times.p50
            figures[f"search, {name}, p99 ms"] = times.p99
    return figures


def measure_starting() -> dict[str, float]:
    """The command's help, as a whole process."""
    times = [run_process([BLOGSEARCH, "--help"]).seconds for _ in range(11)]
    return {"blogsearch --help, median ms": statistics.median(times) * 1000}


if __name__ == "__main__":
    main()
