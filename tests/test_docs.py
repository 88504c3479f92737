"""The documentation names everything there is: a command, option or setting without it fails here."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from indexer.cli import COMMANDS, EXIT_CODES
from indexer.commands.reindex import EXIT_SKIPPED
from indexer.settings import SETTINGS

DOCS = Path(__file__).parents[1] / "docs"


def command_line() -> str:
    return (DOCS / "command-line.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """What the page says under a heading."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", command_line(), re.MULTILINE | re.DOTALL)
    assert found, f"no section {title}"
    return found[1]


def flags(text: str) -> set[str]:
    """The options that a section's table has."""
    cells = re.findall(r"^\| (`--?[a-z].*?) \|", text.replace(r"\|", "/"), re.MULTILINE)
    return {flag for cell in cells for flag in re.findall(r"--?[a-z][a-z-]*", cell)}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_documented_and_no_other(name: str) -> None:
    options = [option for option in COMMANDS[name].load().params if isinstance(option, click.Option)]
    assert flags(section(f"blogsearch {name}")) == {flag for option in options for flag in option.opts}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example(name: str) -> None:
    assert re.search(rf"```sh\n(?:.*\n)*?blogsearch {name}\b", section(f"blogsearch {name}"))


def test_every_setting_is_documented_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| `([a-z-]+)` \|$", section("Settings"), re.MULTILINE)
    expected = [(name, f"BLOGSEARCH_{name.upper()}", f"--{name.replace('_', '-')}") for name in SETTINGS]
    assert rows == expected


def test_every_exit_code_is_documented() -> None:
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", section("Exit codes"), re.MULTILINE)}
    assert documented == {0, 1, 130, EXIT_SKIPPED, *EXIT_CODES.values()}
