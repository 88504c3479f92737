"""An import is one act of store and index, wherever it ends."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search.archive import Archive
from search.checking.check import check
from search.engine import Candidate, Confirm, Generation, agreed
from search.engines.whoosh.publishing.generations import CURRENT, Generations
from search.errors import ExpectationsBroken, NoSuchGeneration
from search.expectations import NOTHING
from search.history import ImportRecord, SourceRecord
from search.layout import index_folder, store_file
from search.model import Blog, Post
from search.query.parser import parse
from search.request import SearchRequest
from search.writer import ArchiveWriter, open_for_writing

SOURCE = SourceRecord("/exports/blog.xml")
HARBOUR = Post("harbour00000", Blog("Tides"), "The harbour", text="Boats and gulls, first seen")
MILL = Post("mill00000000", Blog("Tides"), "The mill", text="Flour and gulls")
CHANGED = replace(HARBOUR, text="Ships and gulls, seen again")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An archive with one generation, of the harbour as it was first."""
    bring_in(tmp_path / "data", HARBOUR)
    return tmp_path / "data"


def bring_in(data: Path, *posts: Post, confirm: Confirm = agreed) -> Generation | None:
    """Import these: they are all that the source has now."""
    with open_for_writing(data, jobs=1) as writer:
        return publish(writer, posts, confirm)


def publish(writer: ArchiveWriter, posts: Sequence[Post], confirm: Confirm = agreed) -> Generation | None:
    staging = writer.stage(SOURCE)
    for post in posts:
        staging.put_post(post)
    staging.apply(keep_missing=False)
    return writer.publish(ImportRecord(datetime(2026, 1, 1, tzinfo=UTC), {}), confirm=confirm)


def found(data: Path, words: str = "gulls") -> dict[str, str]:
    """The titles and texts that a reader finds who opens the archive now, and how often it was imported."""
    with Archive.open(data) as archive:
        page = archive.search(SearchRequest(parse(words)))
        assert page.total == len(page.hits)
        texts = {hit.post.title: hit.post.text for hit in page.hits}
        return texts | {"imports": str(len(archive.status().imports))}


def folders(data: Path) -> list[str]:
    return sorted(path.name for path in index_folder(data).iterdir() if path.name != CURRENT)


def current(data: Path) -> str:
    return (index_folder(data) / CURRENT).read_text().strip()


BEFORE = {"The harbour": HARBOUR.text, "imports": "1"}
AFTER = {"The harbour": CHANGED.text, "The mill": MILL.text, "imports": "2"}


def die_at(step: str, data: Path) -> None:
    """Import in a process of its own, which is killed when it comes to this step of publishing."""

    def importing() -> None:
        setattr(Generations, step, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        bring_in(data, CHANGED, MILL)

    process = multiprocessing.get_context("fork").Process(target=importing)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("step", ["seal", "complete", "announced"])
def test_a_writer_that_dies_before_the_commit_has_changed_nothing(data: Path, step: str) -> None:
    die_at(step, data)
    assert len(folders(data)) == 2
    assert found(data) == BEFORE
    with open_for_writing(data):
        assert folders(data) == ["000001"], "the next writer clears away what it left"
    generation = bring_in(data, CHANGED, MILL)
    assert generation is not None
    assert generation.name == "000002"
    assert found(data) == AFTER


def test_a_writer_that_dies_after_the_commit_has_published(data: Path) -> None:
    die_at("switch", data)
    assert current(data) == "000001"
    assert found(data) == AFTER, "readers believe the store"
    with Archive.open(data) as archive:
        health = archive.health()
        assert health.is_whole
        assert (health.serving, health.broken) == ("000002", ())
    with open_for_writing(data) as writer:
        assert current(data) == writer.generation == "000002"
    assert folders(data) == ["000001", "000002"]
    assert found(data) == AFTER


def test_a_reader_that_is_open_goes_on_after_a_writer_died(data: Path) -> None:
    with Archive.open(data) as archive:
        assert archive.search(SearchRequest(parse("gulls"))).total == 1
        die_at("announced", data)
        assert archive.search(SearchRequest(parse("gulls"))).total == 1
        die_at("switch", data)
        assert archive.search(SearchRequest(parse("nothing"))).generation == "000002"
        assert {hit.post.text for hit in archive.search(SearchRequest(parse("gulls"))).hits} == {
            CHANGED.text,
            MILL.text,
        }
        assert archive.edition.startswith("000002-")


def test_a_first_import_that_dies_before_the_commit_leaves_an_archive_without_posts(tmp_path: Path) -> None:
    die_at("announced", tmp_path)
    assert folders(tmp_path) == ["000001"]
    assert found(tmp_path) == {"imports": "0"}
    assert bring_in(tmp_path, CHANGED, MILL) is not None
    assert found(tmp_path) == AFTER | {"imports": "1"}


def test_what_a_writer_left_that_died_while_it_removed_is_no_generation(data: Path) -> None:
    for number in range(3):
        bring_in(data, replace(HARBOUR, text=f"{number} gulls"))
    die_at("_remove", data)
    assert found(data) == AFTER | {"imports": "5"}
    removed = index_folder(data) / "000002"
    removed.rename(removed.with_name("000002.removed"))
    (removed.with_name("000002.removed") / "MANIFEST.json").unlink()
    with open_for_writing(data):
        assert folders(data) == ["000003", "000004", "000005"]


def test_what_is_refused_changes_nothing(data: Path) -> None:
    def refuse(candidate: Candidate) -> None:
        assert candidate.search(SearchRequest(parse("ships"))).total == 1
        raise ExpectationsBroken("no boats any more", ("boats",))

    with pytest.raises(ExpectationsBroken):
        bring_in(data, CHANGED, MILL, confirm=refuse)
    assert found(data) == BEFORE
    assert folders(data) == ["000001"]


def test_an_import_that_changes_nothing_is_noted_and_makes_no_generation(data: Path) -> None:
    assert bring_in(data, HARBOUR) is None
    assert folders(data) == ["000001"]
    assert found(data) == BEFORE | {"imports": "2"}


def test_whoever_interrupts_after_the_commit_is_told_that_it_is_too_late(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch: Callable[[Generations], None] = Generations.switch

    def interrupted(generations: Generations) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
        switch(generations)

    monkeypatch.setattr(Generations, "switch", interrupted)
    with pytest.raises(KeyboardInterrupt, match="searchable already"):
        bring_in(data, CHANGED, MILL)
    assert current(data) == "000002"
    assert found(data) == AFTER


@pytest.mark.parametrize("step", ["switch", "prune"])
def test_a_disk_that_fails_after_the_commit_is_no_failure_of_the_import(
    data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patched:
        patched.setattr(Generations, step, fail)
        assert bring_in(data, CHANGED, MILL) is not None
    assert "the disk is gone" in caplog.text
    assert found(data) == AFTER
    with open_for_writing(data):
        assert current(data) == "000002"


def test_an_index_that_is_damaged_or_lost_is_made_anew_by_an_import_that_changes_nothing(data: Path) -> None:
    for damage, name in ((lose_a_file, "000002"), (lose_the_index, "000001")):
        damage(index_folder(data) / "000001")
        generation = bring_in(data, HARBOUR)
        assert generation is not None
        assert generation.name == name
        assert "The harbour" in found(data)
        damage(index_folder(data) / name)


def test_a_broken_generation_is_not_kept_as_a_way_back(data: Path) -> None:
    for posts in ([CHANGED], [CHANGED, MILL], [HARBOUR, MILL]):
        bring_in(data, *posts)
    assert folders(data) == ["000002", "000003", "000004"]
    lose_a_file(index_folder(data) / "000004")
    bring_in(data, HARBOUR, MILL)
    assert folders(data) == ["000002", "000003", "000005"]
    assert check(data, NOTHING, lambda _: None).agrees
    with Archive.open(data) as archive:
        assert archive.health().kept == ("000005", "000003", "000002")


def lose_a_file(generation: Path) -> None:
    if generation.is_dir():
        next(generation.glob("*.segment")).unlink()


def lose_the_index(generation: Path) -> None:
    shutil.rmtree(generation.parent, ignore_errors=True)


def test_a_store_that_was_restored_is_indexed_anew(data: Path, tmp_path: Path) -> None:
    shutil.copy(store_file(data), tmp_path / "backup.db")
    for number in range(4):
        bring_in(data, replace(HARBOUR, text=f"{number} gulls"))
    shutil.copy(tmp_path / "backup.db", store_file(data))
    with Archive.open(data) as archive:
        assert not archive.health().is_whole
    generation = bring_in(data, HARBOUR)
    assert generation is not None
    assert generation.name == "000006"
    assert found(data) == BEFORE | {"imports": "2"}


@pytest.fixture
def rolled_back(data: Path) -> Path:
    """An archive that went back to its first generation from the third."""
    bring_in(data, CHANGED)
    bring_in(data, CHANGED, MILL)
    with open_for_writing(data) as writer:
        assert writer.roll_back().name == "000002"
        assert writer.roll_back().name == "000001"
    return data


def test_after_going_back_an_older_index_finds_the_texts_that_are_stored(rolled_back: Path) -> None:
    assert found(rolled_back) == {"The harbour": CHANGED.text, "imports": "3"}
    assert found(rolled_back, "boats") == {"The harbour": CHANGED.text, "imports": "3"}
    with Archive.open(rolled_back) as archive:
        health = archive.health()
    assert health.is_whole
    assert (health.serving, health.published, health.rolled_back) == ("000001", "000001", "000003")
    assert health.kept == ("000003", "000002", "000001")
    assert health.since is not None


def test_one_stays_back_until_an_import_changes_something(rolled_back: Path) -> None:
    assert bring_in(rolled_back, CHANGED, MILL) is None
    assert current(rolled_back) == "000001"
    generation = bring_in(rolled_back, HARBOUR, MILL)
    assert generation is not None
    assert (generation.name, generation.posts) == ("000004", 2)
    with Archive.open(rolled_back) as archive:
        assert archive.health().rolled_back == ""
    assert found(rolled_back, "boats") == {"The harbour": HARBOUR.text, "imports": "5"}


def test_one_goes_forward_again_by_name(rolled_back: Path) -> None:
    with open_for_writing(rolled_back) as writer:
        assert writer.roll_back("000002").posts == 1
        assert writer.publication.rolled_back == "000003"
        assert writer.roll_back("000003").posts == 2
        assert writer.publication.rolled_back == ""
    with Archive.open(rolled_back) as archive:
        assert archive.health().is_whole


def test_what_is_damaged_is_passed_over_when_going_back(data: Path) -> None:
    bring_in(data, CHANGED)
    bring_in(data, CHANGED, MILL)
    lose_a_file(index_folder(data) / "000002")
    with open_for_writing(data) as writer:
        with pytest.raises(NoSuchGeneration, match="000002 is damaged"):
            writer.roll_back("000002")
        assert writer.roll_back().name == "000001"
        with pytest.raises(NoSuchGeneration, match="no generation before 000001 is kept; others are 000003"):
            writer.roll_back()
        with pytest.raises(NoSuchGeneration, match="000009 is not kept"):
            writer.roll_back("000009")


def test_who_dies_while_going_back_has_gone_or_not(data: Path) -> None:
    bring_in(data, CHANGED, MILL)

    def going_back() -> None:
        setattr(Generations, "switch", lambda _: os.kill(os.getpid(), signal.SIGKILL))  # noqa: B010
        with open_for_writing(data) as writer:
            writer.roll_back()

    process = multiprocessing.get_context("fork").Process(target=going_back)
    process.start()
    process.join()
    with Archive.open(data) as archive:
        page = archive.search(SearchRequest(parse("gulls")))
        assert (page.generation, page.total) == ("000001", 1)
        assert archive.health().rolled_back == "000002"
    with open_for_writing(data):
        assert current(data) == "000001"
