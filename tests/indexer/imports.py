"""Imports into an archive, and what is in it then."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from indexer.reindex import Options, reindex
from indexer.report import Report
from search.archive import Archive
from search.layout import dead_letter_file
from search.query.parser import parse
from search.request import SearchRequest


def run(data: Path, *sources: str | Path, **options: Any) -> Report:
    """Import the sources."""
    return reindex([str(source) for source in sources], Options(data, **options))


def titles(data: Path, text: str = "") -> list[str]:
    """The titles of the posts that a search finds, sorted."""
    with Archive.open(data) as archive:
        return sorted(hit.post.title for hit in archive.search(SearchRequest(parse(text))).hits)


def changes(report: Report) -> tuple[int, int, int, int]:
    """Added, updated, unchanged, removed."""
    made = report.changes
    return made.added, made.updated, made.unchanged, made.removed


def letters(data: Path) -> Sequence[dict[str, str]]:
    """What the dead-letter file has."""
    lines = dead_letter_file(data).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
