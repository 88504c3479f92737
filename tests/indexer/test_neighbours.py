from __future__ import annotations

import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.neighbours import LARGEST, Neighbours
from indexer.source import Source, walk

Files = dict[str, bytes]
FILES: Files = {
    "posts/a.md": b"a",
    "posts/b.md": b"b",
    "posts-old/c.md": b"c",
    "photo.jpg": b"picture",
    ".git/config": b"secret",
    "_layouts/post.html": b"template",
}


def folder_of(files: Files, place: Path) -> Path:
    folder = place / "blog"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def zip_of(files: Files, place: Path) -> Path:
    with zipfile.ZipFile(place / "blog.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return place / "blog.zip"


def sources(location: Path) -> list[Source]:
    return [found for found in walk(str(location)) if isinstance(found, Source)]


MAKERS = pytest.mark.parametrize("make", [folder_of, zip_of])
Maker = Callable[[Files, Path], Path]


@MAKERS
def test_a_source_knows_its_path_and_the_files_beside_it(make: Maker, tmp_path: Path) -> None:
    for source in walk(str(make(FILES, tmp_path))):
        assert isinstance(source, Source)
        assert source.neighbours is not None
        assert source.neighbours.read(source.path) == source.open().read()
        assert source.neighbours.names() == ["photo.jpg", "posts-old/c.md", "posts/a.md", "posts/b.md"]
        assert source.neighbours.names("posts") == ["posts/a.md", "posts/b.md"]
        assert source.neighbours.names("nothing") == []


@MAKERS
@pytest.mark.parametrize(
    "path",
    ["nothing.md", "posts", "../outside.md", "/etc/passwd", ".git/config", "a\0b", "posts/../../x", ""],
)
def test_what_is_not_there_or_not_to_be_read_is_none(make: Maker, path: str, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("x")
    location = make(FILES, tmp_path)
    for source in walk(str(location)):
        assert isinstance(source, Source)
        assert source.neighbours
        assert source.neighbours.read(path) is None


@MAKERS
def test_what_is_made_of_the_files_is_made_once_a_walk(make: Maker, tmp_path: Path) -> None:
    made: list[int] = []

    def count(neighbours: Neighbours) -> int:
        made.append(len(neighbours.names()))
        return made[-1]

    for source in walk(str(make(FILES, tmp_path))):
        assert isinstance(source, Source)
        assert source.neighbours
        assert source.neighbours.once(count) == 4
    assert made == [4]


@MAKERS
def test_a_file_too_large_for_memory_is_not_read(make: Maker, tmp_path: Path) -> None:
    location = make({"a.md": b"a", "large.csv": os.urandom(1 << 20) * (1 + (LARGEST >> 20))}, tmp_path)
    for source in walk(str(location)):
        assert isinstance(source, Source)
        assert source.neighbours
        assert source.neighbours.read("large.csv") is None


def test_links_are_followed_only_within_the_folder(tmp_path: Path) -> None:
    folder = folder_of(FILES, tmp_path)
    (tmp_path / "secret.md").write_text("secret")
    (folder / "out.md").symlink_to(tmp_path / "secret.md")
    (folder / "again.md").symlink_to(folder / "posts" / "a.md")
    neighbours = sources(folder)[0].neighbours
    assert neighbours
    assert neighbours.read("out.md") is None
    assert neighbours.read("again.md") == b"a"
    assert "out.md" not in neighbours.names()


def test_members_of_a_zip_that_are_not_read_as_sources_are_not_read_as_neighbours(tmp_path: Path) -> None:
    bomb, link = zipfile.ZipInfo("bomb.csv"), zipfile.ZipInfo("link.csv")
    bomb.compress_type = zipfile.ZIP_DEFLATED
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.md", "a")
        archive.writestr(bomb, bytes(5 << 20))
        archive.writestr(link, "/etc/passwd")
        archive.writestr("../up.csv", "x")
    for source in walk(str(tmp_path / "x.zip")):
        if isinstance(source, Source):
            assert source.neighbours
            read = [source.neighbours.read(name) for name in ("a.md", "bomb.csv", "link.csv", "../up.csv")]
            assert read == [b"a", None, None, None]


def test_a_zip_in_a_folder_has_neighbours_of_its_own(tmp_path: Path) -> None:
    folder = folder_of({"a.md": b"a"}, tmp_path)
    zip_of({"b.md": b"b"}, folder)
    asked = {
        found.name: (found.path, list(found.neighbours.names()))
        for found in walk(str(folder))
        if isinstance(found, Source) and found.neighbours
    }
    assert asked == {
        "blog/a.md": ("a.md", ["a.md", "blog.zip"]),
        "blog/blog.zip/b.md": ("b.md", ["b.md"]),
    }


def test_a_file_named_by_itself_and_members_of_a_tar_have_no_neighbours(tmp_path: Path) -> None:
    folder = folder_of({"a.md": b"a", "b.md": b"b"}, tmp_path)
    with tarfile.open(folder / "c.tar", "w") as archive:
        archive.add(folder / "a.md", "a.md")
    assert [source.neighbours for source in sources(folder / "a.md")] == [None]
    (member,) = sources(folder / "c.tar")
    assert (member.path, member.neighbours) == ("a.md", None)
    beside = {source.name: source.neighbours for source in sources(folder)}
    assert beside["blog/c.tar/a.md"] is None
