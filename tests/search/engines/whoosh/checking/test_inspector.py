"""Whether a generation is what it would be, built of the same posts again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from search.checking.index import Difference, Kind
from search.engine import Change
from search.engines.whoosh.checking.inspector import WhooshIndex
from search.engines.whoosh.engine import WhooshEngine
from search.model import Blog, Comment, Period, Post, PostWithComments

WORDS = ("the", "boat", "and", "harbours", "running", "ran", "of", "naïve", "日本", "gulls")


def content(number: int) -> PostWithComments:
    post = Post(
        f"post{number:04}",
        Blog("Tides"),
        title=f"About {WORDS[number % 10]} {number}",
        text=" ".join(WORDS[(number * step) % 10] for step in range(40)),
        tags=("Boats", f"tag{number % 7}"),
        language=("en", "de", "")[number % 3],
        date=Period.of(2000 + number % 20, 1 + number % 12) if number % 5 else None,
    )
    replies = tuple(
        Comment(
            f"c{number}-{reply}", post.id, author=f"Reader {reply}", text=f"The {WORDS[reply]} of {number}"
        )
        for reply in range(number % 4)
    )
    return PostWithComments(post, replies)


CONTENTS = [content(number) for number in range(1_200)]
"""Enough that pairs of common words are kept, and that segments are left as they are."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    """Segments with deletions, a merged one, and posts that were published twice."""
    folder = tmp_path_factory.mktemp("inspected") / "index"
    with WhooshEngine(folder, jobs=1) as engine:
        engine.publish((Change(each.post.id, each) for each in CONTENTS[:1_100]), rebuild=False)
        older = replace(CONTENTS[3], post=replace(CONTENTS[3].post, title="Before"))
        engine.publish([Change("post0003", older), Change("post0004", None)], rebuild=False)
        engine.publish(
            (Change(each.post.id, each) for each in [*CONTENTS[3:5], *CONTENTS[1_100:]]), rebuild=False
        )
    return WhooshIndex(folder, jobs=1)


def differences(index: WhooshIndex, contents: Sequence[PostWithComments], folder: Path) -> list[Difference]:
    return list(index.open(index.published()).differences(contents, folder))


def test_an_index_of_several_segments_is_as_one_built_at_once(index: WhooshIndex, tmp_path: Path) -> None:
    assert differences(index, CONTENTS, tmp_path) == []
    assert list(index.open(index.published()).contradictions()) == []
    assert list(tmp_path.iterdir()) == []


def test_each_way_to_differ_is_told_of_the_post_or_comment_it_is_in(
    index: WhooshIndex, tmp_path: Path
) -> None:
    contents = list(CONTENTS)
    swapped = contents[12].post.text.split()
    swapped[0], swapped[1] = swapped[1], swapped[0]
    contents[12] = replace(contents[12], post=replace(contents[12].post, text=" ".join(swapped)))
    contents[11] = replace(contents[11], post=replace(contents[11].post, tags=("boats", "tag4")))
    renamed = replace(contents[13].comments[0], author="reader 0")
    contents[13] = replace(contents[13], comments=(renamed, *contents[13].comments[1:]))
    contents[14] = replace(contents[14], comments=contents[14].comments[:-1])
    new = replace(contents[15], post=replace(contents[15].post, id="new"))
    contents[15] = replace(new, comments=())
    assert set(differences(index, contents, tmp_path)) == {
        Difference(Kind.WORDS, "post0012"),
        Difference(Kind.FIELDS, "post0011"),
        Difference(Kind.FIELDS, "post0013", "c13-0"),
        Difference(Kind.SUPERFLUOUS, "post0014", "c14-1"),
        Difference(Kind.FIELDS, "post0014"),
        Difference(Kind.MISSING, "new"),
        Difference(Kind.SUPERFLUOUS, "post0015"),
        *(Difference(Kind.SUPERFLUOUS, "post0015", f"c15-{reply}") for reply in range(3)),
    }


def test_every_generation_is_verified_and_one_that_is_damaged_is_told(index: WhooshIndex) -> None:
    assert [(each.name, each.problem) for each in index.verified()] == [
        ("000003", ""),
        ("000002", ""),
        ("000001", ""),
    ]


def test_where_there_is_no_index_there_is_nothing_to_verify(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "none")
    assert (list(index.verified()), index.leftovers(""), index.published()) == ([], [], "")
