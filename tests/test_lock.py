"""The lock file is in step with pyproject.toml, and names every file by its hash."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKED = [
    block.replace("\\\n", " ")
    for block in re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    if not block.startswith("#")
]
VERSIONS = {
    canonicalize_name(found[1]): found[2]
    for block in LOCKED
    if (found := re.match(r"([\w.-]+)==([\w.!+-]+)", block))
}


@pytest.mark.parametrize("dependency", PROJECT["dependencies"])
def test_every_dependency_is_locked_to_a_version_that_is_allowed(dependency: str) -> None:
    required = Requirement(dependency)
    locked = VERSIONS.get(canonicalize_name(required.name))
    assert locked, f"{required.name} is not in requirements.lock: make lock"
    assert required.specifier.contains(locked), f"{required} is locked to {locked}: make lock"


def test_every_line_is_one_version_with_its_hashes() -> None:
    assert len(LOCKED) == len(VERSIONS)
    wrong = [
        block.split()[0]
        for block in LOCKED
        if not re.fullmatch(r"[\w.-]+==[\w.!+-]+(?: ;[^\n]*?)?(?:\s+--hash=sha256:[0-9a-f]{64})+\s*", block)
    ]
    assert wrong == []


def test_nothing_is_locked_but_what_is_needed_to_run() -> None:
    tools = {canonicalize_name(Requirement(each).name) for each in PROJECT["optional-dependencies"]["test"]}
    assert tools.isdisjoint(VERSIONS)
