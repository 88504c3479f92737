"""What is imported is declared in pyproject.toml, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = frozenset({"search", "indexer", "web", "tests", "benchmarks"})
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WHAT_TYPE_CHECKERS_BRING = frozenset({"_typeshed"})
WHAT_OTHERS_IMPORT = frozenset({"lxml-html-clean"})
"""Of trafilatura, by an extra of lxml's that pip before 23.3 does not find under its new name."""
RUN_AND_NOT_IMPORTED = re.compile(
    r"datasette|import-linter|mypy|pip-audit|pytest-xdist|ruff|uv|.*-stubs|types-.*"
)


def declared(requirements: list[str]) -> set[str]:
    """The distributions named, in one spelling."""
    return {_spelt(re.split(r"[<>=!~\[; ]", requirement, maxsplit=1)[0]) for requirement in requirements}


def imported(*folders: str) -> set[str]:
    """The distributions that modules in the folders import from, in one spelling."""
    modules = {
        name for folder in folders for path in (ROOT / folder).rglob("*.py") for name in _imports(path)
    }
    brought = packages_distributions()
    others = modules - sys.stdlib_module_names - OURS - WHAT_TYPE_CHECKERS_BRING
    return {_spelt(brought[name][0]) if name in brought else name for name in others}


def _spelt(name: str) -> str:
    return name.lower().replace("_", "-")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names):
                yield from (name.name.partition(".")[0] for name in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]


def test_the_project_declares_what_it_imports_and_nothing_else() -> None:
    needed = imported("search", "indexer", "web") | WHAT_OTHERS_IMPORT
    assert needed == declared(PROJECT["dependencies"])


def test_tests_and_benchmarks_declare_what_they_import_and_nothing_else() -> None:
    extras = {name for extra in PROJECT["optional-dependencies"].values() for name in declared(extra)}
    needed = imported("tests", "benchmarks") - declared(PROJECT["dependencies"])
    assert needed == {name for name in extras if not RUN_AND_NOT_IMPORTED.fullmatch(name)}
