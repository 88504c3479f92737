"""Generations before the published one: how long they answer, and what becomes of those that are open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine import Change
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.publishing.generations import Generations
from search.engines.whoosh.publishing.manifest import MANIFEST
from search.engines.whoosh.publishing.older import OlderGenerations
from search.engines.whoosh.publishing.serving import Serving
from search.errors import GenerationGone
from search.model import Blog, Post, PostWithComments
from search.query.parser import parse
from search.request import SearchRequest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def writer(folder: Path) -> Iterator[WhooshEngine]:
    """An engine that published three generations, of one, two and three posts."""
    with WhooshEngine(folder) as opened:
        for number in range(3):
            publish(opened, number)
        yield opened


def publish(engine: WhooshEngine, number: int) -> None:
    post = Post(f"post-{number}", Blog("Garden"), title=f"Post {number}", text="shared")
    engine.publish([Change(post.id, PostWithComments(post))], rebuild=False)


def total(engine: WhooshEngine, generation: str) -> int:
    return engine.search(SearchRequest(parse("shared"), generation=generation)).total


def test_the_two_before_answer_until_others_take_their_place(folder: Path, writer: WhooshEngine) -> None:
    with WhooshEngine(folder) as reader:
        assert [total(reader, name) for name in ("000001", "000002", "000003")] == [1, 2, 3]
        publish(writer, 3)
        assert [total(reader, name) for name in ("000002", "000003", "000004")] == [2, 3, 4]
        with pytest.raises(GenerationGone, match="000001"):
            total(reader, "000001")


def test_a_search_under_way_is_not_disturbed_when_its_generation_is_removed(
    folder: Path, writer: WhooshEngine
) -> None:
    generations = Generations(folder)
    opened = OlderGenerations(generations).open("000001", Serving(generations).snapshot())
    publish(writer, 3)
    assert not (folder / "000001").exists()
    assert [opened.columns.id(post) for post in range(opened.columns.posts)] == ["post-0"]
    assert opened.segments[0].fields["title_word"].find(b"post") >= 0


@pytest.mark.usefixtures("writer")
def test_what_is_open_is_opened_once_and_let_go_of_when_removed(folder: Path) -> None:
    generations = Generations(folder)
    current, older = Serving(generations).snapshot(), OlderGenerations(generations)
    assert older.open("000001", current) is older.open("000001", current)
    opened = older.open("000002", current)
    shutil.rmtree(folder / "000001")
    older.let_go()
    assert older.open("000002", current) is opened
    with pytest.raises(GenerationGone):
        older.open("000001", current)


@pytest.mark.usefixtures("writer")
def test_one_that_is_damaged_is_as_good_as_gone(folder: Path) -> None:
    (folder / "000001" / MANIFEST).write_text("{}")
    (folder / "000002" / MANIFEST).unlink()
    with WhooshEngine(folder) as reader:
        for name in ("000001", "000002"):
            with pytest.raises(GenerationGone, match=name):
                total(reader, name)
        assert total(reader, "") == 3


@pytest.mark.usefixtures("writer")
def test_a_generation_that_was_never_made_current_does_not_answer(folder: Path) -> None:
    shutil.copytree(folder / "000003", folder / "000004")
    with WhooshEngine(folder) as reader, pytest.raises(GenerationGone):
        total(reader, "000004")
