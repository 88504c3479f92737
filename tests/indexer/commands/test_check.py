"""The command `check`, and imports that are refused for what searches have to find."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import blogsearch
from indexer.commands.check import MOST_LISTED, as_lines
from indexer.settings import SETTINGS
from search.checking.finding import Checked, CheckReport, Finding, Remedy, Subject
from search.layout import lock_file
from search.lock import held
from tests.indexer.exports import comment, item, wordpress

RAIN = item(1, "Rain gardens", "Where water goes", comments=[comment(1, "Lovely")])
SNOW = item(2, "Snow", "Where water stays")
EXPECT = """
[[expect]]
query = "goes blog:'Rain Gauge'"
post = "http://rain.example/1/"
within = 1
[[expect]]
query = "lovely"
post = "https://rain.example/1"
"""


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and `./data` are looked for in the current folder."""
    monkeypatch.chdir(tmp_path)
    for name in SETTINGS:
        monkeypatch.delenv(f"BLOGSEARCH_{name.upper()}", raising=False)


def call(*arguments: str, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(blogsearch, arguments, env=env)


def imported(*items: str) -> Result:
    return call("reindex", wordpress(Path("export.xml"), *items), "--jobs", "1")


def expect(text: str = EXPECT) -> None:
    (Path("data") / "expect.toml").write_text(text.replace("'", '\\"'), encoding="utf-8")


def total(query: str) -> int:
    found = json.loads(call("search", query, "--json").stdout)
    return int(found["total"])


def test_an_archive_that_agrees_says_so_in_a_list_of_what_was_checked() -> None:
    imported(RAIN, SNOW)
    result = call("check")
    assert result.exit_code == 0, result.stdout
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Checked data at generation 000001 in ")
    assert "  records:       2 posts and 1 comment: all as they were stored" in lines
    assert "  index:         2 posts and 1 comment: all words and values as in the store" in lines
    assert lines[-1] == "All agrees."


def test_what_disagrees_ends_with_1_and_is_repaired_with_0() -> None:
    imported(RAIN, SNOW)
    Path("data/store.db").chmod(0o644)
    result = call("check")
    assert result.exit_code == 1
    assert "folder: blogsearch check --repair sets it" in result.stdout
    assert "data/store.db has the mode 0644 instead of 0600" in result.stdout
    repaired = call("check", "--repair")
    assert repaired.exit_code == 0, repaired.stdout
    assert "Repaired: " in repaired.stdout
    assert repaired.stdout.splitlines()[-1] == "All agrees."


def test_json_is_one_object_and_nothing_else() -> None:
    imported(RAIN, SNOW)
    Path("data/index/000001").chmod(0o755)
    result = call("check", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (found["agrees"], found["generation"], len(found["findings"])) == (False, "000001", 1)
    assert found["findings"][0]["of"] == "data/index/000001"
    assert [each["what"] for each in found["checked"]][:3] == ["folder", "database", "records"]
    assert found["checked"][2] == {"what": "records", "counts": {"post": 2, "comment": 1}, "wrong": 0}


def test_only_a_repair_needs_the_lock() -> None:
    imported(RAIN)
    Path("data/store.db").chmod(0o644)
    with held(lock_file(Path("data")), wait=False):
        assert call("check").exit_code == 1
        assert call("check", "--repair").exit_code == 75


def test_of_many_findings_of_one_kind_the_first_are_listed() -> None:
    findings = tuple(
        Finding(Subject.INDEX, f"post {n}", "is lost", Remedy.REBUILD) for n in range(MOST_LISTED + 5)
    )
    report = CheckReport("000001", 1.0, (Checked(Subject.INDEX, ((9, "post"),)),), findings)
    lines = [*as_lines(report, Path("data"))]
    assert lines[1].endswith("9 posts: 25 wrong")
    assert lines[-1] == "    and 5 more; --json lists them all"


def test_expectations_that_are_met_are_published_and_checked() -> None:
    imported(RAIN)
    expect()
    assert imported(RAIN, SNOW).exit_code == 0
    assert "expectations:  2 expectations: all met" in call("check").stdout


def test_an_import_that_breaks_an_expectation_changes_nothing_and_says_which() -> None:
    imported(RAIN, SNOW)
    expect()
    before = call("search", "water", "--json").stdout
    result = imported(SNOW)
    assert result.exit_code == 1
    [line] = [line for line in result.stderr.splitlines() if line.startswith("blogsearch: ")]
    assert "nothing was changed" in line
    assert "2 expectations of data/expect.toml" in line
    assert "entry 2: 'lovely' is to find https://rain.example/1, which is no post of the archive" in line
    assert json.loads(before)["results"] == json.loads(call("search", "water", "--json").stdout)["results"]
    assert call("check").exit_code == 0
    assert json.loads(call("status", "--json").stdout)["posts"] == 2


def test_a_post_that_falls_behind_is_told_with_where_it_stood() -> None:
    imported(RAIN, SNOW)
    expect('[[expect]]\nquery = "gardens"\npost = "https://rain.example/1"\nwithin = 1\n')
    result = imported(RAIN, SNOW, item(3, "Gardens gardens gardens", "gardens gardens"))
    assert result.exit_code == 1
    assert (
        "finds https://rain.example/1 at place 2, and it is to be among the first 1 (until now: at place 1)"
        in result.stderr
    )


def test_force_publishes_what_breaks_an_expectation_and_warns() -> None:
    imported(RAIN, SNOW)
    expect()
    wordpress(Path("export.xml"), SNOW)
    result = call("reindex", "export.xml", "--jobs", "1", "--force")
    assert result.exit_code == 0, result.stderr
    assert "Warning: not as expected, entry 1" in result.stdout
    assert total("lovely") == 0
    checked = call("check")
    assert checked.exit_code == 1
    assert "expectations: look into what has changed" in checked.stdout


@pytest.mark.parametrize("command", ["reindex", "sync", "check"])
def test_a_file_with_a_mistake_ends_with_2_before_anything_is_read(command: str) -> None:
    imported(RAIN)
    Path("mine.toml").write_text("[[expect]]\nquery = 'water'\n", encoding="utf-8")
    result = call(command, "--expect", "mine.toml")
    assert result.exit_code == 2
    assert "mine.toml, entry 1: post is missing" in result.stderr
    assert call(command, env={"BLOGSEARCH_EXPECT": "none.toml"}).exit_code == 2


@pytest.mark.parametrize(
    ("statement", "lost"),
    [
        ("DELETE FROM comments", "comment "),
        ("DELETE FROM versions WHERE post_id = (SELECT id FROM posts WHERE title = 'Snow')", "post "),
        ("DELETE FROM posts WHERE title = 'Snow'", "post "),
        ("DELETE FROM versions; DELETE FROM posts; DELETE FROM comments; DELETE FROM version_keys", "post "),
    ],
)
def test_what_was_lost_from_the_store_is_named_by_a_repair_and_the_next_import_brings_it_back(
    statement: str, lost: str
) -> None:
    imported(RAIN, SNOW)
    change(statement)
    result = call("check", "--repair")
    note = next(line for line in result.stdout.splitlines() if line.startswith("Note: "))
    assert lost in note
    assert note.endswith("run blogsearch reindex to read the sources again, which may have it")
    assert call("reindex", "--jobs", "1").exit_code == 0
    result = call("check", "--json")
    assert result.exit_code == 0, result.stdout
    assert (total(""), total("lovely")) == (2, 1)


def test_a_post_that_nobody_imported_is_taken_out_by_a_repair() -> None:
    imported(RAIN)
    change(
        "CREATE TEMP TABLE more AS SELECT * FROM posts; UPDATE more SET id = 'inserted0000';"
        " INSERT INTO posts SELECT * FROM more"
    )
    result = call("check")
    assert result.exit_code == 1
    assert "post inserted0000 is in the store, but no source is known to hold it" in result.stdout
    assert "or check --repair takes it out" in result.stdout
    result = call("check", "--repair")
    assert result.exit_code == 0, result.stdout
    assert "Note: no source is known to hold what was taken out: post inserted0000; " in result.stdout
    assert call("check").exit_code == 0
    assert total("") == 1


def change(statements: str) -> None:
    """Change the store behind the program's back."""
    with closing(sqlite3.connect("data/store.db")) as connection:
        connection.executescript(statements)
