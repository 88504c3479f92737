from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer import dead_letter
from indexer.dead_letter import write_dead_letters
from indexer.report import SkippedRecord, SourceReport
from search.layout import dead_letter_file


def report(location: str, *whys: str) -> SourceReport:
    return SourceReport(location, skipped=tuple(SkippedRecord("a.xml", "item 1", why) for why in whys))


def whys(data: Path) -> list[tuple[str, str]]:
    lines = dead_letter_file(data).read_text(encoding="utf-8").split("\n")
    return [(letter["location"], letter["why"]) for letter in map(json.loads, filter(None, lines))]


def test_a_source_read_again_replaces_its_own_lines_only(tmp_path: Path) -> None:
    write_dead_letters(tmp_path, [report("/one", "cut off"), report("/two", "empty")])
    write_dead_letters(tmp_path, [report("/one", "still cut off")])
    assert whys(tmp_path) == [("/two", "empty"), ("/one", "still cut off")]


def test_a_reason_of_several_lines_is_still_one_record(tmp_path: Path) -> None:
    write_dead_letters(tmp_path, [report("/one", "a\nb\u2028c")])
    write_dead_letters(tmp_path, [report("/two", "d")])
    assert whys(tmp_path) == [("/one", "a\nb\u2028c"), ("/two", "d")]


def test_lines_that_are_not_ours_are_kept(tmp_path: Path) -> None:
    dead_letter_file(tmp_path).write_text("a note\n[1]\n", encoding="utf-8")
    write_dead_letters(tmp_path, [report("/one", "cut off")])
    lines = dead_letter_file(tmp_path).read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["a note", "[1]"]
    assert len(lines) == 3


def test_a_source_has_so_many_lines_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dead_letter, "MOST_PER_SOURCE", 2)
    write_dead_letters(tmp_path, [report("/one", *"abcde")])
    assert whys(tmp_path) == [("/one", "a"), ("/one", "b"), ("/one", "and 3 more records")]
