"""What is found and the texts of it are of one moment, whatever is published meanwhile."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from search.archive import Archive
from search.errors import IndexUnreadable
from search.found import FoundRecords
from search.health import BrokenGeneration
from search.layout import index_folder
from search.model import Blog, Post
from search.query.parser import parse
from search.request import SearchRequest
from search.store import Store
from tests.search.archives import store

POSTS = tuple(Post(f"{number:012}", Blog("Tides"), f"Post {number}") for number in range(12))
GULLS = SearchRequest(parse("gulls"), size=20)


def publish(data: Path, number: int) -> None:
    """The generation of this number: so many gulls in each post, and so many posts fewer than there are."""
    store(data, *(replace(post, text=f"{number} gulls " * number) for post in POSTS[number:]))


def moments(archive: Archive) -> tuple[set[str], str]:
    """The numbers that one answer tells."""
    page = archive.search(GULLS)
    numbers = {hit.post.text.partition(" ")[0] for hit in page.hits} | {str(int(page.generation))}
    return numbers | {str(len(POSTS) - page.total)}, str(len(POSTS) - len(page.hits))


def beside_it(archive: Archive) -> set[str]:
    found = archive.neighbours(GULLS, POSTS[-1].id)
    assert found is not None
    numbers = {post.text.partition(" ")[0] for post in (found.previous, found.next) if post}
    return numbers | {str(len(POSTS) - found.total)}


def test_no_answer_mixes_generations(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    mixed: list[object] = []
    answers = [0]
    finished = threading.Event()

    def look(ask: Callable[[Archive], object], archive: Archive) -> None:
        while not finished.wait(0.003):  # else the writer gets no turn
            told = ask(archive)
            answers[0] += 1
            if told is not None:
                mixed.append(told)
                return

    def one_page(archive: Archive) -> object:
        numbers, shown = moments(archive)
        return None if numbers == {shown} else (numbers, shown)

    def two_beside(archive: Archive) -> object:
        numbers = beside_it(archive)
        return None if len(numbers) == 1 else numbers

    with Archive.open(tmp_path) as archive:
        threads = [
            threading.Thread(target=look, args=(ask, archive)) for ask in (one_page, one_page, two_beside)
        ]
        for thread in threads:
            thread.start()
        for number in range(2, 7):
            publish(tmp_path, number)
        finished.set()
        for thread in threads:
            thread.join()
        assert moments(archive) == ({"6"}, "6")
    assert mixed == []
    assert answers[0] > len(threads)


def test_there_is_no_answer_rather_than_one_that_mixes_generations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.archive.TRIES", 3)
    publish(tmp_path, 1)
    found, last = Store.found, [1]

    def found_once_more_is_published(self: Store, *ids: Sequence[str]) -> FoundRecords:
        last[0] += 1
        publish(tmp_path, last[0])
        return found(self, *ids)

    with Archive.open(tmp_path) as archive:
        with monkeypatch.context() as patched:
            patched.setattr(Store, "found", found_once_more_is_published)
            with pytest.raises(IndexUnreadable, match="all the time"):
                archive.search(GULLS)
        assert moments(archive) == ({str(last[0])}, str(last[0]))


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """An archive with two generations."""
    publish(tmp_path, 1)
    publish(tmp_path, 2)
    return tmp_path


def test_health_tells_what_answers_and_since_when(two: Path) -> None:
    with Archive.open(two) as archive:
        health = archive.health()
    assert health.is_whole
    assert (health.serving, health.published, health.kept) == ("000002", "000002", ("000002", "000001"))
    assert (health.broken, health.rolled_back) == ((), "")
    assert health.since is not None
    assert health.since.tzinfo is not None


def test_a_broken_generation_is_told_in_health_and_once_in_the_log(
    two: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(index_folder(two) / "000002")
    with Archive.open(two) as archive, caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert archive.search(GULLS).generation == "000001"
            health = archive.health()
    assert not health.is_whole
    assert (health.serving, health.published) == ("000001", "000002")
    assert health.broken == (BrokenGeneration("000002", "it is lost"),)
    assert [record.getMessage().startswith("generation 000002") for record in caplog.records] == [True, False]
    assert "searching generation 000001 instead" in caplog.text


def test_an_index_of_which_nothing_can_be_opened_is_told_and_not_raised(two: Path) -> None:
    for name in ("000001", "000002"):
        (index_folder(two) / name / "MANIFEST.json").write_text("{")
    with Archive.open(two) as archive:
        health = archive.health()
        assert (health.serving, health.published, health.is_whole) == ("", "000002", False)
        assert [each.name for each in health.broken] == ["000002", "000001"]
        with pytest.raises(IndexUnreadable, match="000001"):
            archive.search(GULLS)


def test_a_broken_generation_is_tried_again_after_a_while(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = index_folder(two) / "000002"
    folder.rename(two / "elsewhere")
    with Archive.open(two) as archive:
        assert archive.search(GULLS).generation == "000001"
        (two / "elsewhere").rename(folder)
        assert archive.search(GULLS).generation == "000001"
        monkeypatch.setattr("time.monotonic", lambda: float("inf"))
        assert archive.search(GULLS).generation == "000002"
        assert archive.health().is_whole


def test_an_index_of_another_archive_is_told_apart_by_its_content(two: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    publish(other, 3)
    publish(other, 4)
    shutil.rmtree(index_folder(two))
    shutil.copytree(index_folder(other), index_folder(two))
    with Archive.open(two) as archive:
        health = archive.health()
    assert (health.serving, health.is_whole) == ("000002", False)
    assert "not the one" in health.broken[0].problem
