"""The exports that importing is measured on."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.exports import EXPORTS, Rendered, write_export
from indexer.reindex import Options, reindex

POSTS = [
    Rendered(f"p{number}", f"Post {number}", "Mara", ("rain",), None, "<p>Wet.</p>") for number in (1, 2)
]


@pytest.mark.parametrize("kind", EXPORTS)
def test_an_export_is_known_by_what_it_is_and_read_in_full(tmp_path: Path, kind: str) -> None:
    export = tmp_path / f"{kind}.xml"
    assert write_export(kind, POSTS, export) == 2
    report = reindex([str(export)], Options(tmp_path / "data"))
    assert (report.read.posts, report.skipped) == (2, ())
