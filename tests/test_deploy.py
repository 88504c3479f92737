"""The files in `deploy/` are what the documentation shows, and name only options and files that there are."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from indexer.cli import COMMANDS
from indexer.settings import SETTINGS

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "deploy").iterdir())
UNITS = [file for file in FILES if file.suffix in (".service", ".timer")]


def commands(text: str) -> list[list[str]]:
    """Every call of the program: its subcommand and what is given to it."""
    lines = text.replace("\\\n", " ").splitlines()
    found = [
        re.search(r"(?:\bbin/blogsearch|\bnice blogsearch| blogsearch) ([a-z]+ .*)", line) for line in lines
    ]
    calls = [shlex.split(match[1]) for match in found if match]
    return [call for call in calls if call[0] in COMMANDS]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_documentation_shows_a_file_as_it_is(file: Path) -> None:
    assert f"\n{file.read_text()}```\n" in (ROOT / "docs" / "deploying.md").read_text()


@pytest.mark.parametrize("file", [*UNITS, ROOT / "docs" / "deploying.md"], ids=lambda file: file.name)
def test_every_call_of_the_program_is_one_that_it_takes(file: Path) -> None:
    for name, *given in commands(file.read_text()):
        command = COMMANDS[name].load()
        command.make_context(name, given, resilient_parsing=False).close()


def test_the_container_is_given_what_there_is() -> None:
    text = (ROOT / "deploy" / "Containerfile").read_text()
    for line in re.findall(r"^COPY (?!--)(.*) \S+$", text, re.MULTILINE):
        assert all((ROOT / name).exists() for name in line.split()), line
    assert {name.lower() for name in re.findall(r"\bBLOGSEARCH_(\w+)=", text)} <= SETTINGS.keys()
    last_user = re.findall(r"^USER (.*)$", text, re.MULTILINE)[-1]
    assert last_user not in ("root", "0")


@pytest.mark.parametrize("unit", UNITS, ids=lambda file: file.name)
def test_systemd_takes_a_unit(unit: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("needs systemd-analyze")
    found = subprocess.run(  # noqa: S603
        [analyze, "verify", "--man=no", str(unit)], check=False, capture_output=True, text=True
    )
    # It also looks for the program, which need not be installed here.
    said = [line for line in found.stderr.splitlines() if "is not executable" not in line]
    assert said == []


def test_a_container_and_a_unit_serve_what_the_program_has() -> None:
    assert [call[0] for call in commands((ROOT / "deploy" / "blogsearch.service").read_text())] == ["serve"]
    assert isinstance(COMMANDS["serve"].load(), click.Command)
