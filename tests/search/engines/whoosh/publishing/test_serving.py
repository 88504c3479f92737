"""What answers is looked at again and again, so that a file that is changed while it is served is noticed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search.engine import Change
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.publishing import serving
from search.engines.whoosh.publishing.generations import Generations
from search.engines.whoosh.publishing.serving import Serving
from search.model import Blog, Post, PostWithComments


@pytest.fixture
def generations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generations:
    """Two generations, at which each request looks."""
    monkeypatch.setattr(serving, "LOOK", 0.0)
    with WhooshEngine(tmp_path) as writer:
        for number in range(2):
            post = PostWithComments(Post(f"post-{number}", Blog("Garden"), title="A post"))
            writer.publish([Change(post.post.id, post)], rebuild=False)
    return Generations(tmp_path)


def flip(path: Path) -> None:
    """Change one bit of a file where it is, so that whoever has mapped it sees that, too."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))


def answering(serving: Serving) -> str:
    snapshot = serving.snapshot()
    return snapshot.generation.name if snapshot else ""


@pytest.mark.parametrize("damage", [flip, Path.unlink])
def test_a_file_damaged_while_it_is_served_has_the_generation_before_answer(
    generations: Generations, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    serving = Serving(generations)
    assert answering(serving) == "000002"
    damage(generations.path("000002") / "columns.arrays")
    assert answering(serving) == "000001"
    assert [each.name for each in serving.broken] == ["000002"]
    assert "searching generation 000001 instead" in caplog.text


def test_a_file_that_is_touched_and_as_it_was_goes_on_to_be_served(generations: Generations) -> None:
    serving = Serving(generations)
    before = serving.snapshot()
    columns = generations.path("000002") / "columns.arrays"
    flip(columns)
    flip(columns)
    assert answering(serving) == "000002"
    assert serving.snapshot() is not before
    assert serving.snapshot() is serving.snapshot()
