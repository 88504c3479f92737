"""Real exports: every file gives the posts and comments the table says, or is refused in words.

`samples.tsv` says what became of each file. The posts and comments of its XML files were compared with a
count of published items, entries and comments by regular expressions alone: they agree, but for records
of five feeds that have neither title, text nor link and are left out as empty.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.reindex import Options, reindex
from search.errors import SourceError

TABLE = Path(__file__).with_name("samples.tsv")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: `refused` or `imported`, and how many records of each kind it gave."""

    outcome: str
    posts: int = 0
    comments: int = 0
    left_out: int = 0
    skipped: int = 0


def expected() -> dict[str, Outcome]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t")
        next(rows)
        return {name: Outcome(outcome, *map(int, counts)) for name, outcome, *counts in rows}


def outcome_of(path: Path, data: Path) -> tuple[Outcome, tuple[str, ...]]:
    """Import one file into an archive of its own; the outcome, and what the user is told."""
    try:
        report = reindex([str(path)], Options(data=data, force=True))
    except SourceError as error:
        return Outcome("refused"), (str(error),)
    told = (*report.all_warnings, *map(str, report.skipped))
    left_out = sum(report.left_out.values())
    return Outcome("imported", report.read.posts, report.read.comments, left_out, len(report.skipped)), told


def files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.parent != folder)
    return sorted(path.relative_to(folder).as_posix() for path in found)


def test_the_table_lists_every_sample(samples: Path) -> None:
    assert files(samples) == sorted(expected())


@pytest.mark.parametrize("name", expected())
def test_a_real_export_gives_what_the_table_says(name: str, samples: Path, tmp_path: Path) -> None:
    outcome, told = outcome_of(samples / name, tmp_path / "data")
    assert outcome == expected()[name]
    if not (outcome.posts or outcome.comments or outcome.left_out):
        assert told, "a file without posts is never passed over in silence"
