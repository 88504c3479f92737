"""How the embedded engine publishes, and what it does when files are broken or a writer was killed."""

from __future__ import annotations

import json
import logging
import shutil
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.engine import Change
from search.engines.whoosh.columns.columns import COLUMNS_FILE
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.merging.policy import FLOOR
from search.engines.whoosh.publishing.generations import CURRENT
from search.engines.whoosh.publishing.manifest import MANIFEST
from search.errors import IndexUnreadable
from search.model import Blog, Post, PostWithComments
from search.query.parser import parse
from search.request import SearchRequest

MANY = FLOOR + 100
"""So many posts are not merged with a few others."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path) -> Iterator[WhooshEngine]:
    with WhooshEngine(folder) as opened:
        yield opened


def add(number: int) -> Change:
    post = Post(f"post-{number}", Blog("Garden"), title=f"Post {number}", text=f"shared word{number}")
    return Change(post.id, PostWithComments(post))


def total(engine: WhooshEngine, text: str = "") -> int:
    return engine.search(SearchRequest(parse(text))).total


def largest_file(generation: Path) -> Path:
    return max(generation.iterdir(), key=lambda path: path.stat().st_size)


def replace(file: Path, change: Callable[[bytes], bytes]) -> None:
    """Change a file's bytes without changing the generation before, which may share the file."""
    data = change(file.read_bytes())
    file.unlink()
    file.write_bytes(data)


def test_generations_count_up_and_the_two_before_are_kept(engine: WhooshEngine, folder: Path) -> None:
    names = [engine.publish([add(number)], rebuild=False).name for number in range(4)]
    assert names == ["000001", "000002", "000003", "000004"]
    assert sorted(path.name for path in folder.iterdir()) == ["000002", "000003", "000004", CURRENT]
    assert engine.generation == "000004"
    assert total(engine) == 4


def test_a_publication_is_seen_by_the_next_search_of_another_engine(folder: Path) -> None:
    with WhooshEngine(folder) as writer, WhooshEngine(folder) as reader:
        assert (total(reader), reader.generation) == (0, "")
        for number in range(3):
            writer.publish([add(number)], rebuild=False)
            assert total(reader, "shared") == number + 1


def test_generations_of_one_name_are_told_apart_by_what_is_in_them(tmp_path: Path) -> None:
    editions = []
    for folder, number in (("one", 1), ("same", 1), ("other", 2)):
        with WhooshEngine(tmp_path / folder) as engine:
            assert engine.edition == ""
            engine.publish([add(number)], rebuild=False)
            assert engine.generation == "000001"
            editions.append(engine.edition)
    assert editions[0] == editions[1] != editions[2]


def test_files_are_for_their_owner_only(engine: WhooshEngine, folder: Path) -> None:
    engine.publish([add(1)], rebuild=False)
    engine.publish([add(2)], rebuild=False)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_the_manifest_lists_every_file(engine: WhooshEngine, folder: Path) -> None:
    engine.publish([add(1)], rebuild=False)
    files = json.loads((folder / "000001" / MANIFEST).read_text())["files"]
    assert {path.name for path in (folder / "000001").iterdir()} == {*files, MANIFEST}
    assert all(len(entry["sha256"]) == 64 for entry in files.values())


def test_unchanged_files_are_shared_with_the_generation_before(engine: WhooshEngine, folder: Path) -> None:
    engine.publish([add(number) for number in range(MANY)], rebuild=False)
    engine.publish([Change("post-7", None)], rebuild=False)
    engine.publish([add(MANY)], rebuild=False)
    [segment] = (folder / "000002").glob("*.segment")
    [deleted] = (folder / "000002").glob("*.deleted")
    assert segment.name.startswith("000001")
    for path in (segment, deleted):
        assert (folder / "000003" / path.name).samefile(path)
    assert len(list((folder / "000003").glob("*.segment"))) == 2
    assert total(engine) == MANY
    assert (total(engine, "word7"), total(engine, f"word{MANY}")) == (0, 1)


def test_publishing_leaves_the_generation_before_as_it_was(engine: WhooshEngine, folder: Path) -> None:
    engine.publish([add(number) for number in range(3)], rebuild=False)
    before = {path.name: path.read_bytes() for path in (folder / "000001").iterdir()}
    engine.publish([add(1), Change("post-2", None)], rebuild=False)
    assert {path.name: path.read_bytes() for path in (folder / "000001").iterdir()} == before


def test_after_an_error_the_generation_before_answers(engine: WhooshEngine, folder: Path) -> None:
    engine.publish([add(1)], rebuild=False)

    def failing() -> Iterator[Change]:
        yield add(2)
        raise OSError("the source went away")

    for rebuild in (False, True):
        with pytest.raises(OSError, match="went away"):
            engine.publish(failing(), rebuild=rebuild)
    assert sorted(path.name for path in folder.iterdir()) == ["000001", CURRENT]
    assert (total(engine), engine.generation) == (1, "000001")


def test_an_error_in_the_first_publication_leaves_no_index(engine: WhooshEngine, folder: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        engine.publish((add(1 // zero) for zero in [0]), rebuild=True)
    assert list(folder.iterdir()) == []
    assert total(engine) == 0
    assert engine.publish([add(1)], rebuild=False).name == "000001"


def test_what_a_killed_writer_left_is_removed(
    engine: WhooshEngine, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine.publish([add(1)], rebuild=False)
    (folder / "000002.building").mkdir()
    (folder / "000002.building" / "000002-0.segment").write_bytes(b"half")
    shutil.copytree(folder / "000001", folder / "000002")  # complete, but never made current
    (folder / "CURRENT.new").write_text("000002\n")
    shutil.copytree(folder / "000001", folder / "000000.removed")
    assert total(engine) == 1
    engine.settle("000001", "000001")
    assert sorted(path.name for path in folder.iterdir()) == ["000001", CURRENT]
    assert engine.publish([add(2)], rebuild=False).name == "000002"
    assert sorted(path.name for path in folder.iterdir()) == ["000001", "000002", CURRENT]
    assert total(engine) == 2
    assert "did not finish" in caplog.text


@pytest.mark.parametrize("damage", ["missing", "short", "flipped", "manifest", "folder"])
def test_a_broken_generation_falls_back_to_the_one_before(
    folder: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    with WhooshEngine(folder) as writer:
        writer.publish([add(1)], rebuild=False)
        writer.publish([add(2)], rebuild=False)
    broken = folder / "000002"
    match damage:
        case "missing":
            (broken / COLUMNS_FILE).unlink()
        case "short":
            replace(largest_file(broken), lambda data: data[:-1])
        case "flipped":
            replace(largest_file(broken), lambda data: data[:99] + bytes([data[99] ^ 1]) + data[100:])
        case "manifest":
            (broken / MANIFEST).write_text("{")
        case "folder":
            shutil.rmtree(broken)
    with WhooshEngine(folder) as reader, caplog.at_level(logging.ERROR):
        assert (total(reader), reader.generation) == (1, "000001")
        assert total(reader, "word1") == 1
    assert "000002" in caplog.text
    assert "searching generation 000001 instead" in caplog.text


def test_nothing_is_built_upon_a_broken_generation(folder: Path) -> None:
    with WhooshEngine(folder) as engine:
        engine.publish([add(1)], rebuild=False)
        engine.publish([add(2)], rebuild=False)
        (folder / "000002" / COLUMNS_FILE).unlink()
        with pytest.raises(IndexUnreadable, match="--rebuild"):
            engine.publish([add(3)], rebuild=False)
        assert engine.publish([add(1), add(2), add(3)], rebuild=True).posts == 3
        assert total(engine) == 3


def test_no_good_generation_is_an_error_and_never_an_empty_answer(folder: Path) -> None:
    with WhooshEngine(folder) as writer:
        writer.publish([add(1)], rebuild=False)
    (folder / "000001" / COLUMNS_FILE).write_text("[]")
    with WhooshEngine(folder) as engine:
        with pytest.raises(IndexUnreadable, match=COLUMNS_FILE):
            total(engine)
        with pytest.raises(IndexUnreadable):
            engine.suggest("a", 5)
        with pytest.raises(IndexUnreadable):
            engine.publish([add(2)], rebuild=False)
    assert (folder / "000001").is_dir()


def test_a_current_that_names_nothing_is_an_error(folder: Path) -> None:
    folder.mkdir()
    (folder / CURRENT).write_text("../../etc\n")
    with WhooshEngine(folder) as engine, pytest.raises(IndexUnreadable):
        total(engine)


def test_a_lost_current_falls_back_to_the_newest_generation(folder: Path) -> None:
    with WhooshEngine(folder) as writer:
        writer.publish([add(1)], rebuild=False)
        writer.publish([add(2)], rebuild=False)
    (folder / CURRENT).unlink()
    with WhooshEngine(folder) as engine:
        assert engine.generation == "000002"
        assert engine.publish([add(3)], rebuild=False).name == "000003"
        assert total(engine) == 3


def test_many_threads_search_while_generations_are_published(folder: Path) -> None:
    problems: list[BaseException] = []
    seen: set[int] = set()
    finished = threading.Event()

    def search_on(engine: WhooshEngine) -> None:
        try:
            while not finished.is_set():
                found = engine.search(SearchRequest(parse("shared"), size=100))
                assert found.total == int(found.generation) == len(found.matches)
                seen.add(found.total)
                engine.similar("post-1", 3)
        except BaseException as problem:  # noqa: BLE001 (shown by the test's own thread)
            problems.append(problem)

    with WhooshEngine(folder) as engine:
        engine.publish([add(1)], rebuild=True)
        threads = [threading.Thread(target=search_on, args=(engine,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(2, 8):
            engine.publish([add(number)], rebuild=False)
        finished.set()
        for thread in threads:
            thread.join()
        assert total(engine) == 7
    assert problems == []
    assert seen


def test_many_small_publications_end_in_one_segment(engine: WhooshEngine, folder: Path) -> None:
    for number in range(20):
        engine.publish([add(number)], rebuild=False)
    assert total(engine, "shared") == 20
    assert len(list((folder / engine.generation).glob("*.segment"))) == 1


def test_an_index_of_whooshs_own_codec_is_told_apart(engine: WhooshEngine, folder: Path) -> None:
    (folder / "000001").mkdir(parents=True)
    (folder / "000001" / "_MAIN_1.toc").write_bytes(b"pickled")
    manifest = {"posts": 1, "comments": 0, "files": {"_MAIN_1.toc": {"size": 7, "sha256": ""}}}
    (folder / "000001" / MANIFEST).write_text(json.dumps(manifest))
    (folder / CURRENT).write_text("000001\n")
    with pytest.raises(IndexUnreadable, match=r"format 1; .* --rebuild"):
        total(engine)
    with pytest.raises(IndexUnreadable, match=r"format 1; .* --rebuild"):
        engine.publish([add(1)], rebuild=False)
    assert engine.publish([add(1)], rebuild=True).name == "000002"
    assert total(engine) == 1


def test_what_is_in_one_publication_is_found_among_many_posts(engine: WhooshEngine) -> None:
    engine.publish([add(number) for number in range(MANY)], rebuild=False)
    changes = [add(MANY), Change("post-5", None), add(5), add(6), Change("post-6", None), Change("x", None)]
    generation = engine.publish(changes, rebuild=False)
    assert (generation.posts, total(engine)) == (MANY, MANY)
    assert [total(engine, f"word{number}") for number in (5, 6, MANY)] == [1, 0, 1]


def test_a_closed_engine_opens_again(engine: WhooshEngine) -> None:
    engine.publish([add(1)], rebuild=False)
    assert total(engine) == 1
    engine.close()
    assert total(engine) == 1
