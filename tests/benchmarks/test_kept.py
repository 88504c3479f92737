from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.building import Built
from benchmarks.kept import Collection, clear, collect, digest, keep, kept
from benchmarks.posts import load
from search.model import Post
from tests.benchmarks.invented import corpus

POSTS = corpus(5)
BUILT = Built(100.0, 20.0, 3.0)


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    return collect("Some", lambda: POSTS, tmp_path / "some")


def test_posts_are_written_and_counted(collection: Collection) -> None:
    assert list(load(collection.file)) == POSTS
    assert collection.posts == 5
    assert collection.text_mb == sum(len(post.text) for post in POSTS) / 1e6


def test_posts_that_are_there_are_not_made_again(collection: Collection) -> None:
    def more() -> Iterator[Post]:
        raise AssertionError("they are there")

    assert collect("Some", more, collection.folder) == collection


def test_what_was_not_written_to_the_end_is_made_again(tmp_path: Path) -> None:
    def broken() -> Iterator[Post]:
        yield POSTS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collect("Some", broken, tmp_path)
    assert collect("Some", lambda: POSTS, tmp_path).posts == 5


def test_an_index_is_kept_until_it_is_cleared(collection: Collection) -> None:
    assert kept(collection, "fts5") is None
    keep(collection, "fts5", BUILT)
    collection.index("fts5").mkdir()
    assert kept(collection, "fts5") == replace(BUILT, kept=True)
    assert kept(collection, "tantivy") is None
    clear(collection, "fts5")
    assert kept(collection, "fts5") is None
    assert not collection.index("fts5").exists()


def test_an_index_that_other_code_built_is_not_used(collection: Collection) -> None:
    keep(collection, "fts5", BUILT)
    record = collection.folder / "fts5.json"
    record.write_text(record.read_text().replace('"code": "', '"code": "other '))
    assert kept(collection, "fts5") is None


def test_a_digest_is_of_a_file_s_content_and_of_values(tmp_path: Path) -> None:
    one, same, other = (tmp_path / name for name in ("one", "same", "other"))
    for file, text in ((one, "a"), (same, "a"), (other, "b")):
        file.write_text(text)
    assert digest(one, 10) == digest(same, 10)
    assert len({digest(one, 10), digest(other, 10), digest(one, 11), digest(one, None)}) == 4
