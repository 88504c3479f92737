"""The bundled sample is read completely, and its README says what is in it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import indexer
from indexer.formats import FORMATS
from indexer.input import Input
from indexer.reader import Reader
from indexer.record import RawPost
from indexer.steps import NoSteps
from search.history import SourceRecord

SAMPLE = Path(indexer.__file__).parent / "sample"
ROW = re.compile(r"\| `([^`]+)` \|[^|]*\| (\d+) \| (\d+) \| (\d+) \| ([^|]*)\|")
ROWS = {row[0]: row[1:] for row in ROW.findall((SAMPLE / "README.md").read_text("utf-8"))}


def test_the_readme_of_the_sample_names_every_file() -> None:
    files = {file for file in SAMPLE.rglob("*") if file.is_file()}
    assert {file for pattern in ROWS for file in SAMPLE.glob(pattern)} == files


@pytest.mark.parametrize("pattern", ROWS)
def test_the_sample_holds_what_its_readme_says(pattern: str) -> None:
    *published, left_out = ROWS[pattern]
    readers = [Reader(Input.at(SourceRecord(str(file))), FORMATS, NoSteps()) for file in SAMPLE.glob(pattern)]
    records = [item.raw for reader in readers for item in reader.items()]
    kinds = Counter(record.kind if isinstance(record, RawPost) else "comment" for record in records)
    assert [kinds["post"], kinds["page"], kinds["comment"]] == [int(number) for number in published]
    assert sum(reader.left_out.total() for reader in readers) == sum(map(int, re.findall(r"\d+", left_out)))
    assert not [skipped for reader in readers for skipped in (*reader.skipped, *reader.unknown)]
