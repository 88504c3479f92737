"""Each format reads its own cases as their expected files say.

With `BLOGSEARCH_REGENERATE=1` the expected files are written anew and every test that changed one
fails, so that a change is always read as a difference before it passes.
"""

from __future__ import annotations

import os

import pytest

from indexer.formats import FORMATS
from indexer.record import Record
from tests.indexer.formats.cases import CASES_FOLDER, EXPECTED_SUFFIX, Case, cases, read_as_dicts

BY_NAME = {chosen.name: chosen for chosen in FORMATS}
ALL_CASES = pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
REGENERATE = os.environ.get("BLOGSEARCH_REGENERATE") == "1"


@ALL_CASES
def test_a_case_gives_its_expected_records(case: Case) -> None:
    records = read_as_dicts(BY_NAME[case.format_name], case.source())
    if REGENERATE and (not case.expected_path.exists() or records != case.expected()):
        case.write_expected(records)
        pytest.fail(
            f"wrote {case.expected_path.name}: read what changed, then run again without regenerating"
        )
    assert records == case.expected()


@ALL_CASES
def test_a_case_is_recognised_as_its_format_before_any_other(case: Case) -> None:
    source = case.source()
    recognised = [chosen.name for chosen in FORMATS if chosen.sniff(source)]
    assert recognised[:1] == [case.format_name]


@ALL_CASES
def test_every_record_of_a_case_says_where_it_is(case: Case) -> None:
    for record in BY_NAME[case.format_name].read(case.source()):
        assert isinstance(record, Record)
        assert record.where


def test_every_format_has_cases_and_every_folder_of_cases_a_format() -> None:
    assert {case.format_name for case in cases()} == set(BY_NAME)


def test_no_expected_file_is_left_without_its_input() -> None:
    expected = {case.expected_path for case in cases()}
    assert set(CASES_FOLDER.rglob(f"*{EXPECTED_SUFFIX}")) == expected


def test_no_two_formats_share_a_name() -> None:
    assert len(BY_NAME) == len(FORMATS)
