"""Every row of what hostile input gets is held by tests that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "hostile-input.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.endswith("| held by |")]
TESTS = sorted(set(re.findall(r"`(tests/[^`]+)`", PAGE)))


def functions(path: Path) -> set[str]:
    """The tests that a module defines."""
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {
        node.name for node in found if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


@pytest.mark.parametrize("row", ROWS, ids=[row[2:60] for row in ROWS])
def test_every_row_names_its_tests(row: str) -> None:
    what, outcome, held_by = (cell.strip() for cell in row.strip("| ").split(" | "))
    assert what
    assert outcome
    assert re.fullmatch(r"`tests/[^`]+`(?:, `tests/[^`]+`)*", held_by)


@pytest.mark.parametrize("name", TESTS)
def test_every_test_that_is_named_is_there(name: str) -> None:
    path, _, function = name.partition("::")
    found = functions(ROOT / path)
    assert found
    assert not function or function in found
