"""The map of the code shows all of it, and nothing that is not there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("search", "indexer", "web")
MAP = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if path.name != "__init__.py"
)
FOLDERS = sorted(
    {
        f"{path.relative_to(ROOT).parent.as_posix()}/"
        for package in PACKAGES
        for path in (ROOT / package).rglob("__init__.py")
    }
)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_a_line_that_says_what_it_answers(module: str) -> None:
    assert re.search(rf"^\| `{re.escape(module)}` \| \S", MAP, re.MULTILINE)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_package_is_introduced(folder: str) -> None:
    assert re.search(rf"^#.*(?<![\w/]){re.escape(folder)}|`{re.escape(folder)}`", MAP, re.MULTILINE)


def test_every_module_on_the_map_exists() -> None:
    named = set(re.findall(r"`((?:search|indexer|web)/[\w/]+\.py)`", MAP))
    assert named - set(MODULES) == set()


@pytest.mark.parametrize("contract", [contract["name"] for contract in CONTRACTS["contracts"]])
def test_every_contract_between_layers_is_explained(contract: str) -> None:
    assert f"| {contract} |" in MAP
