"""`blogsearch rollback`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import blogsearch
from search.lock import held
from search.model import Blog, Post
from tests.search.archives import store

Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An archive with two generations."""
    for number in (1, 2):
        store(tmp_path / "data", *(Post(f"{n:012}", Blog("Tides"), f"Tide {n}") for n in range(number)))
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Run:
    def command(*arguments: str) -> Result:
        return CliRunner().invoke(blogsearch, ["rollback", *arguments, "--data", str(data)])

    return command


def test_it_says_what_answers_now_and_how_to_go_forward(run: Run, data: Path) -> None:
    result = run()
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "Generation 000001 answers now: 1 post."
    assert f"blogsearch rollback 000002 --data {data}" in result.stdout
    assert f"blogsearch reindex --rebuild --data {data}" in result.stdout
    assert run("000002").stdout.splitlines() == [
        "Generation 000002 answers now: 2 posts.",
        "It has all that is stored.",
    ]


def test_it_prints_json_for_programs(run: Run) -> None:
    assert json.loads(run("--json").stdout) == {
        "generation": "000001",
        "posts": 1,
        "rolled_back": "000002",
        "skipped": [],
    }


def test_it_says_which_damaged_generation_it_skipped_and_why(run: Run, data: Path) -> None:
    store(data, Post("harbour00000", Blog("Tides"), "The harbour"))
    (data / "index" / "000002" / "columns.arrays").unlink()
    result = run()
    assert result.exit_code == 0
    skipped, went = result.stdout.splitlines()[:2]
    assert skipped.startswith("Skipped: generation 000002 is damaged (")
    assert "columns.arrays" in skipped
    assert went == "Generation 000001 answers now: 1 post."


def test_where_there_is_nothing_to_go_back_to_it_fails_and_says_what_there_is(run: Run) -> None:
    assert run().exit_code == 0
    result = run()
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "blogsearch: no generation before 000001 is kept; others are 000002\n"
    assert "000009 is not kept; others are 000002" in run("000009").stderr
    assert run("../../etc").exit_code == 1


def test_it_does_not_write_while_another_does(run: Run, data: Path) -> None:
    with held(data / "LOCK", wait=False):
        assert run().exit_code == 75


def test_it_makes_no_archive_where_there_is_none(tmp_path: Path) -> None:
    result = CliRunner().invoke(blogsearch, ["rollback", "--data", str(tmp_path / "none")])
    assert result.exit_code == 1
    assert "there is no archive" in result.stderr
    assert not (tmp_path / "none").exists()
