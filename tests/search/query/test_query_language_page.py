from __future__ import annotations

import re
from pathlib import Path

import pytest

from search.query.ast import FIELDS
from search.query.dates import DATE_FIELDS
from search.query.parser import parse

PAGE = (Path(__file__).parents[3] / "docs" / "query-language.md").read_text("utf-8")
TABLES = [
    [line.split("|", 2)[1:] for line in table.replace(r"\|", "\0").splitlines()[2:]]
    for table in re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE)
]


def examples(cells: list[str]) -> list[str]:
    return [example.replace("\0", "|") for cell in cells for example in re.findall(r"`([^`]+)`", cell)]


CONSTRUCTS = [example for row in TABLES[0] for example in examples(row)]
SLIPS = [examples(row[:1])[0] for row in TABLES[1]]


def test_the_page_has_its_two_tables() -> None:
    assert len(TABLES) == 2
    assert len(CONSTRUCTS) > 40
    assert len(SLIPS) > 10


@pytest.mark.parametrize("example", CONSTRUCTS)
def test_every_construct_on_the_page_is_read_without_a_warning(example: str) -> None:
    assert parse(example).warnings == ()


@pytest.mark.parametrize("example", SLIPS)
def test_every_slip_on_the_page_has_a_warning(example: str) -> None:
    assert parse(example).warnings


@pytest.mark.parametrize("field", [*FIELDS, *DATE_FIELDS, "in"])
def test_every_field_has_an_example_on_the_page(field: str) -> None:
    assert any(f"{field}:" in example for example in CONSTRUCTS)
