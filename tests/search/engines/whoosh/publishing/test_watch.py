"""A process that serves has each generation open before it is published, and its writer waits for that."""

from __future__ import annotations

import math
import threading
import time
from pathlib import Path

import pytest

from search.engine import Candidate, Change, Confirm, agreed
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.publishing import serving
from search.engines.whoosh.publishing.attendance import Attendance, is_attended, wait_for_readers
from search.engines.whoosh.publishing.generations import Generations
from search.engines.whoosh.publishing.opening import open_generation
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.model import Blog, Post, PostWithComments
from search.request import SearchRequest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index with one generation of one post."""
    publish(tmp_path, 1)
    return tmp_path


def publish(folder: Path, posts: int, confirm: Confirm = agreed) -> None:
    those = (Post(f"post-{number}", Blog("Garden"), title=f"Post {number}") for number in range(posts))
    with WhooshEngine(folder) as writer:
        changes = (Change(post.id, PostWithComments(post)) for post in those)
        writer.publish(changes, rebuild=True, confirm=confirm)


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Which thread opened which generation to answer from it."""
    seen: list[tuple[str, str]] = []

    def opened(generations: Generations, name: str) -> Snapshot:
        seen.append((threading.current_thread().name, name))
        return open_generation(generations, name)

    monkeypatch.setattr(serving, "open_generation", opened)
    return seen


def until_attended(folder: Path) -> None:
    while not is_attended(folder):
        time.sleep(0.005)


def test_nobody_who_asks_has_to_open_what_was_announced(
    folder: Path, openings: list[tuple[str, str]]
) -> None:
    by_then: list[tuple[str, str]] = []
    with WhooshEngine(folder) as reader, reader.watch():
        until_attended(folder)
        publish(folder, 2, confirm=lambda _: by_then.extend(openings))
        assert reader.follow(lambda: "000002")
        assert reader.search(SearchRequest()).total == 2
    assert by_then == openings == [("watch", "000001"), ("watch", "000002")]


def test_what_was_announced_and_refused_is_not_taken_for_what_is_published_under_its_name(
    folder: Path,
) -> None:
    def refuse(_: Candidate) -> None:
        raise InterruptedError

    with WhooshEngine(folder) as reader, reader.watch():
        until_attended(folder)
        with pytest.raises(InterruptedError):
            publish(folder, 2, confirm=refuse)
        assert reader.search(SearchRequest()).total == 1
        publish(folder, 3)
        assert reader.generation == "000002"
        assert reader.search(SearchRequest()).total == 3


def test_what_is_announced_and_not_whole_is_passed_over(folder: Path) -> None:
    (folder / "CURRENT.new").write_text("000002\n")
    with WhooshEngine(folder) as reader:
        with reader.watch():
            wait_for_readers(folder, math.inf)
        assert (reader.generation, reader.broken) == ("000001", ())


def test_a_writer_waits_for_who_attends_and_not_for_ever(folder: Path) -> None:
    wait_for_readers(folder, math.inf)  # nobody does
    attendance = Attendance(folder)
    attendance.attend()
    assert is_attended(folder)
    wait_for_readers(folder, 0.02)
    leaving = threading.Timer(0.05, attendance.leave)
    leaving.start()
    wait_for_readers(folder, math.inf)
    leaving.join()
    assert not is_attended(folder)


def test_whoever_watches_no_more_keeps_no_writer_waiting(folder: Path) -> None:
    with WhooshEngine(folder) as reader:
        with reader.watch():
            until_attended(folder)
        assert not is_attended(folder)


def test_watching_an_index_that_is_not_there_yet_waits_for_it(tmp_path: Path) -> None:
    with WhooshEngine(tmp_path / "index") as reader, reader.watch():
        publish(tmp_path / "index", 2)
        until_attended(tmp_path / "index")
        assert reader.search(SearchRequest()).total == 2
