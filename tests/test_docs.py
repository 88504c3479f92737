"""The documentation names everything there is: a command, option or setting without it fails here."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import click
import pytest

from indexer.cli import COMMANDS, EXIT_CODES
from indexer.commands.runs import EXIT_SKIPPED
from indexer.commands.summary import REASONS
from indexer.containers.limits import MOST_MEMBERS, MOST_RATIO, MOST_READ
from indexer.fetching import FetchPolicy
from indexer.formats import FORMATS, takeout, wxr
from indexer.settings import SETTINGS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md")), *ROOT.glob("indexer/**/*.md"))


def command_line() -> str:
    return (DOCS / "command-line.md").read_text(encoding="utf-8")


def formats() -> str:
    return (DOCS / "formats.md").read_text(encoding="utf-8")


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


def test_every_format_is_documented_in_the_order_they_are_tried() -> None:
    names = [format_.name for format_ in FORMATS]
    rows = re.findall(r"^\| `([\w-]+)` \|", formats().split("\n## ")[0], re.MULTILINE)
    what_is_read = formats().split("\n## What is read of each\n")[1].split("\n## ")[0]
    assert rows == names
    assert re.findall(r"^\| `([\w-]+)` \|", what_is_read, re.MULTILINE) == names


def test_every_format_says_more_about_itself() -> None:
    paragraphs = re.findall(r"^\*\*([\w, -]+)\.\*\* ", formats(), re.MULTILINE)
    assert {format_.name for format_ in FORMATS} <= {name for text in paragraphs for name in text.split(", ")}


def reasons_in_fixtures() -> set[str]:
    """Why records of the formats' own tests are left out, with names that plugins made up."""
    files = (ROOT / "tests" / "formats").rglob("*.expected.json")
    texts = [file.read_text(encoding="utf-8") for file in files]
    return {json.loads(found) for text in texts for found in re.findall(r'"left_out": ("[^"]+")', text)}


def test_every_reason_to_leave_a_record_out_is_documented() -> None:
    tables = (REASONS, wxr.STATUSES.values(), wxr.APPROVALS.values(), takeout.STATUSES.values())
    reasons = {reason for table in tables for reason in table if reason} | reasons_in_fixtures()
    assert {reason for reason in reasons if f"`{reason}`" not in formats()} == set()


@pytest.mark.parametrize(
    "limit",
    [f"{MOST_MEMBERS:,} members", f"{MOST_READ >> 30} GB unpacked", f"over {MOST_RATIO} times its size"],
)
def test_the_limits_of_archives_are_the_documented_ones(limit: str) -> None:
    assert limit in formats()


POLICY = FetchPolicy()


@pytest.mark.parametrize(
    "limit",
    [
        f"at most {POLICY.most_bytes / 1e6:g} MB",
        f"within {POLICY.seconds:g} seconds",
        f"{POLICY.hops} at most",
    ],
)
def test_the_limits_of_fetching_are_the_documented_ones(limit: str) -> None:
    assert limit in " ".join((DOCS / "operating.md").read_text(encoding="utf-8").split())


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_another_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^()\s]+)\)", page.read_text(encoding="utf-8"))
    broken = []
    for link in links:
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        missing = not target.exists() or (anchor and anchor not in headings(target))
        if missing and "://" not in link:
            broken.append(link)
    assert broken == []


def commands_shown() -> list[str]:
    """Every call of `blogsearch` in a shell block, without what it is piped to."""
    blocks = [
        block
        for page in PAGES
        for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    ]
    return [line.partition(" | ")[0] for line in "".join(blocks).splitlines() if "blogsearch " in line]


@pytest.mark.parametrize("line", commands_shown())
def test_every_command_shown_can_be_called_so(line: str) -> None:
    _, name, *arguments = shlex.split(line, comments=True)
    with COMMANDS[name].load().make_context(name, arguments):
        pass
