"""`blogsearch status` says how an archive is, whatever state that is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import blogsearch
from indexer.commands.disk import DiskUse
from indexer.commands.status_lines import Condition, condition_lines
from search.health import BrokenGeneration, Health
from search.history import ArchiveStatus, Counts
from search.layout import index_folder, lock_file
from search.lock import held
from search.model import Blog
from tests.web.blog import POSTS, build

SINCE = datetime(2026, 3, 2, 16, 12, tzinfo=UTC)
DISK = DiskUse(2_100_000, 890_000, 54_000_000_000)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with two generations, which tests leave as it is."""
    made = tmp_path_factory.mktemp("archive")
    build(made, POSTS[:2], ())
    build(made, POSTS[:3], ())
    return made


def status(data: Path, *options: str) -> Result:
    done = CliRunner().invoke(blogsearch, ["status", "--data", str(data), *options])
    assert done.exit_code == 0, done.output
    return done


def lines(health: Health, *, unpublished: int = 0, writing: bool = False) -> list[str]:
    counts = Counts(28, 3, unpublished)
    found = ArchiveStatus(health.serving, counts, None, None, (), (), (), (), ())
    return list(condition_lines(found, Condition(health, DISK, writing)))


@contextmanager
def damaged(file: Path) -> Iterator[None]:
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    yield
    file.write_bytes(whole)


def test_a_sound_archive_is_told_in_few_words(data: Path) -> None:
    told = status(data).output.splitlines()
    assert told[1].startswith("Generation 000002 answers, published 20")
    assert told[2] == "Generations kept besides: 000001."
    assert told[3].startswith("On disk: store ")
    assert not any(line.startswith(("Broken", "Somebody")) for line in told)


def test_no_line_of_ours_is_wider_than_a_terminal() -> None:
    broken = (BrokenGeneration("000042", "x"),)
    health = Health("000041", "000042", SINCE, ("000042", "000041", "000040"), broken, "000043")
    assert max(map(len, lines(health, unpublished=1_000, writing=True))) <= 80


def test_what_answers_instead_of_a_broken_generation_is_told_with_what_to_do() -> None:
    broken = (BrokenGeneration("000042", "index/000042/a is not as it was written"),)
    assert lines(Health("000041", "000042", SINCE, ("000042", "000041", "000040"), broken)) == [
        "Generation 000041 answers instead of 000042, published 2026-03-02 16:12 UTC.",
        "  To make a sound one, run blogsearch reindex --rebuild.",
        "Generations kept besides: 000040.",
        "Broken: 000042",
        "  index/000042/a is not as it was written",
        "On disk: store 2.1 MB, index 890.0 kB; 54.0 GB are free.",
    ]


def test_a_generation_that_was_gone_back_to_is_told_to_be_that() -> None:
    told = lines(Health("000041", "000041", SINCE, ("000042", "000041"), (), rolled_back="000042"))
    assert told[:2] == [
        "Generation 000041 answers, published 2026-03-02 16:12 UTC.",
        "It was gone back to from 000042, with blogsearch rollback.",
    ]


def test_a_broken_generation_is_in_the_json_with_its_problem(data: Path) -> None:
    file = max((index_folder(data) / "000002").glob("*.segment"))
    with damaged(file):
        found = json.loads(status(data, "--json").stdout)
    health = found["health"]
    assert (health["whole"], health["serving"], health["published"]) == (False, "000001", "000002")
    assert [each["generation"] for each in health["broken"]] == ["000002"]
    assert found["generation"] == "000001"


def test_where_no_generation_is_left_the_rest_is_told_all_the_same(data: Path) -> None:
    first, second = (max((index_folder(data) / name).glob("*.segment")) for name in ("000001", "000002"))
    with damaged(first), damaged(second):
        told = status(data).output
    assert "There is no index to search them by: run blogsearch reindex --rebuild." in told
    assert "Broken: 000002" in told


def test_a_writer_at_work_is_seen(data: Path) -> None:
    assert json.loads(status(data, "--json").stdout)["writing"] is False
    with held(lock_file(data), wait=False):
        assert json.loads(status(data, "--json").stdout)["writing"] is True
        assert "Somebody is writing to it at the moment.\n" in status(data).output


def test_what_generations_share_counts_once(data: Path) -> None:
    folder = index_folder(data)
    before = DiskUse.of(data)
    again = folder / "000002" / "again"
    again.hardlink_to(max((folder / "000002").glob("*.segment")))
    assert DiskUse.of(data).index == before.index
    again.unlink()
    assert before.store >= (data / "store.db").stat().st_size


def test_titles_and_names_of_blogs_do_nothing_to_a_terminal(tmp_path: Path) -> None:
    evil = replace(POSTS[0], blog=Blog("\x1b]0;owned\x07\nGeneration 999999 answers."))
    build(tmp_path, (evil,), ())
    told = status(tmp_path).output
    assert "\x1b" not in told
    assert "\nGeneration 999999" not in told
