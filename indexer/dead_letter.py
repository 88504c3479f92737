"""The dead-letter file: every record that could not be read, one JSON object a line.

It holds what the latest reading of each source could not read. Reading a source again replaces that
source's lines, so the file says what is missing now and does not grow from run to run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from indexer.report import SourceReport
from search.durable import replace, sync
from search.layout import dead_letter_file

MOST_PER_SOURCE = 10_000
"""Lines kept of one source; a last line counts those beyond."""


def write_dead_letters(data: Path, sources: Iterable[SourceReport]) -> None:
    """Replace the lines of these sources by what was skipped in them now; the file goes when empty.

    The caller holds the archive's lock.
    """
    reports = tuple(sources)
    path = dead_letter_file(data)
    read_again = {report.location for report in reports}
    lines = [line for line in _lines(path) if line and _location(line) not in read_again]
    for report in reports:
        lines.extend(_letters(report))
    if lines:
        replace(path, "".join(f"{line}\n" for line in lines))
    elif path.exists():
        path.unlink()
        sync(path.parent)


def _letters(report: SourceReport) -> Iterator[str]:
    time = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for record in report.skipped[:MOST_PER_SOURCE]:
        yield _letter(time, report.location, record.source, record.where, record.why)
    if (beyond := len(report.skipped) - MOST_PER_SOURCE) > 0:
        yield _letter(time, report.location, report.location, "", f"and {beyond:,} more records")


def _letter(time: str, location: str, source: str, where: str, why: str) -> str:
    letter = {"time": time, "location": location, "source": source, "where": where, "why": why}
    return json.dumps(letter, ensure_ascii=False)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return []


def _location(line: str) -> str:
    """The source a line is of; a line that is not ours is kept as if it were of another source."""
    try:
        letter = json.loads(line)
    except ValueError:
        return ""
    return str(letter.get("location", "")) if isinstance(letter, dict) else ""
