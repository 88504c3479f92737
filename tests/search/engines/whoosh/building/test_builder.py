"""From posts to segments on disk, in this process and in others."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search.engines.whoosh.building import assembly, builder, texts, worker
from search.engines.whoosh.building.builder import build_segments
from search.engines.whoosh.segment.files import read_segment
from search.errors import IndexUnwritable
from search.model import Comment, PostWithComments
from tests.search.engines.whoosh.building.contents import (
    bodies,
    held,
    occurrences,
    some_posts,
    titles,
    unstemmed,
    without_positions,
)


def ids(contents: list[PostWithComments], path: Path) -> list[str]:
    return [each.decode() for each in read_segment(path).columns.ids.tolist()]


def test_a_segment_holds_the_words_of_its_posts_and_comments(tmp_path: Path) -> None:
    contents = some_posts(60)
    (built,) = build_segments(iter(contents), tmp_path, jobs=1, megabytes=512)
    segment = read_segment(built.path)
    contents = [contents[place] for place in built.order.tolist()]
    assert segment.documents == len(bodies(contents))
    for name, texts_of in (("title", titles(contents)), ("body", bodies(contents))):
        words = without_positions(occurrences(unstemmed(texts_of)))
        assert held(segment.fields[name]) == occurrences(texts_of)
        assert held(segment.fields[f"{name}_word"], positions=False) == words


def test_a_segment_describes_its_posts_in_the_order_it_tells(tmp_path: Path) -> None:
    contents = some_posts(60)
    (built,) = build_segments(contents, tmp_path, jobs=1, megabytes=512)
    columns = read_segment(built.path).columns
    in_order = [contents[place] for place in built.order.tolist()]
    assert ids(contents, built.path) == [content.post.id for content in in_order]
    replies = [(post, comment.id) for post, content in enumerate(in_order) for comment in content.comments]
    assert (
        list(zip(columns.parents.tolist(), columns.comment_ids.astype(str).tolist(), strict=True)) == replies
    )


def test_no_posts_make_no_segment(tmp_path: Path) -> None:
    assert build_segments([], tmp_path, jobs=2, megabytes=512) == []
    assert list(tmp_path.iterdir()) == []


def test_posts_without_a_word_are_documents_all_the_same(tmp_path: Path) -> None:
    silent = [
        PostWithComments(replace(content.post, title="", text="?!", summary="")) for content in some_posts(3)
    ]
    (built,) = build_segments(silent, tmp_path, jobs=1, megabytes=512)
    segment = read_segment(built.path)
    assert (segment.documents, len(segment.fields["body"]), len(segment.fields["title"])) == (3, 0, 0)


def test_two_versions_of_a_post_are_both_there_and_told_apart_by_their_places(tmp_path: Path) -> None:
    contents = some_posts(5)
    (built,) = build_segments([*contents, contents[2]], tmp_path, jobs=1, megabytes=512)
    places = dict(zip(built.order.tolist(), ids(contents, built.path), strict=True))
    assert places[2] == places[5] == contents[2].post.id


def test_a_segment_ends_before_it_has_too_many_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "MOST_DOCUMENTS", 20)
    monkeypatch.setattr(texts, "BATCH_DOCUMENTS", 5)
    contents = some_posts(40)
    busy = replace(contents[7], comments=tuple(Comment(id=f"{n:012}", post_id="x") for n in range(50)))
    contents[7] = busy
    built = build_segments(contents, tmp_path, jobs=1, megabytes=512)
    sizes = {tuple(ids(contents, each.path)): read_segment(each.path).documents for each in built}
    assert sizes.pop((busy.post.id,)) == 51
    assert max(sizes.values()) <= 20
    assert sorted(place for each in built for place in each.order.tolist()) == list(range(40))


def test_a_segment_ends_when_memory_is_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "BATCH_DOCUMENTS", 20)
    monkeypatch.setattr(assembly, "_OF_A_DOCUMENT", 1_000_000)
    contents = some_posts(200)
    built = build_segments(contents, tmp_path, jobs=1, megabytes=150)
    assert len(built) > 2
    assert sorted(place for each in built for place in each.order.tolist()) == list(range(200))


def test_processes_share_the_posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(texts, "BATCH_DOCUMENTS", 20)
    contents = some_posts(200)
    built = build_segments(iter(contents), tmp_path, jobs=2, megabytes=512)
    assert sorted(place for each in built for place in each.order.tolist()) == list(range(200))
    for each in built:
        mine = [contents[place] for place in each.order.tolist()]
        assert held(read_segment(each.path).fields["body"]) == occurrences(bodies(mine))
    assert multiprocessing.active_children() == []


def test_a_process_that_dies_is_an_error_and_leaves_none_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(texts, "BATCH_DOCUMENTS", 5)
    contents = some_posts(400)

    def killing() -> Iterator[PostWithComments]:
        for number, content in enumerate(contents):
            if number == 200:
                os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
            yield content

    with pytest.raises(IndexUnwritable, match="died"):
        build_segments(killing(), tmp_path, jobs=2, megabytes=512)
    assert multiprocessing.active_children() == []
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_ends_the_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(texts, "BATCH_DOCUMENTS", 5)

    def interrupted() -> Iterator[PostWithComments]:
        yield from some_posts(100)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_segments(interrupted(), tmp_path, jobs=2, megabytes=512)
    assert multiprocessing.active_children() == []


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        build_segments(some_posts(3), tmp_path / "missing", jobs=1, megabytes=512)
