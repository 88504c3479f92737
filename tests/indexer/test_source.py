from __future__ import annotations

import gzip
import os
import zipfile
from pathlib import Path

import pytest

from indexer.progress import Progress
from indexer.record import Skipped
from indexer.source import Source, total_bytes, walk
from search.errors import SourceNotFound, SourceRefused


def names(location: Path | str) -> list[str]:
    return [
        found.name if isinstance(found, Source) else f"skipped {found.where}" for found in walk(str(location))
    ]


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = tmp_path / "blog"
    (folder / "posts" / "2012").mkdir(parents=True)
    (folder / "posts" / "2012" / "b.md").write_text("b")
    (folder / "posts" / "a.md").write_text("a")
    (folder / "feed.xml").write_text("<rss/>")
    return folder


def test_a_file_is_named_by_its_name_alone(blog: Path) -> None:
    assert names(blog / "feed.xml") == ["feed.xml"]


def test_files_of_a_folder_are_named_below_it_in_order(blog: Path) -> None:
    assert names(blog) == ["blog/feed.xml", "blog/posts/2012/b.md", "blog/posts/a.md"]


def test_names_are_the_same_however_the_folder_is_written(
    blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(blog)
    assert names(".") == names(blog) == names(f"{blog}/") == names(blog / "posts" / "..")


def test_hidden_files_and_folders_of_no_posts_are_left_alone(blog: Path) -> None:
    for name in (
        *(".git/config.md", "node_modules/marked/README.md", "posts/.draft.md", "_layouts/post.html"),
        "vendor/bundle/ruby/3.1.0/gems/jekyll-4.3/lib/blank_template/index.md",
    ):
        (blog / name).parent.mkdir(parents=True, exist_ok=True)
        (blog / name).write_text("x")
    assert len(names(blog)) == 3


def test_assets_are_counted_and_unknown_files_are_offered(blog: Path) -> None:
    for name in ("photo.JPG", "site.css", "data.bin"):
        (blog / name).write_text("x")
    progress = Progress()
    found = [one.name for one in walk(str(blog), progress) if isinstance(one, Source)]
    assert "blog/data.bin" in found
    assert len(found) == 4
    assert progress.ignored == 2


def test_an_asset_given_by_itself_is_offered(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_text("x")
    assert names(tmp_path / "photo.jpg") == ["photo.jpg"]


def test_links_out_of_a_folder_are_not_followed(blog: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (blog / "link.md").symlink_to(tmp_path / "secret.md")
    (blog / "up").symlink_to(tmp_path)
    (blog / "loop").symlink_to(blog)
    (blog / "again.md").symlink_to(blog / "posts" / "a.md")
    found = names(blog)
    assert [name for name in found if name.startswith("skipped")] == [
        "skipped blog/link.md",
        "skipped blog/up",
    ]
    assert len(found) == 5


def test_a_link_given_by_itself_is_followed(blog: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").symlink_to(blog)
    assert names(tmp_path / "mine")[0] == "mine/feed.xml"


def test_folders_may_nest_deeper_than_python_recurses(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(1_200):
        folder /= "d"
        folder.mkdir()
    (folder / "a.md").write_text("a")
    found = names(tmp_path)
    (folder / "a.md").unlink()
    while folder != tmp_path:  # pytest would recurse into them to remove them
        folder.rmdir()
        folder = folder.parent
    assert len(found) == 1


def test_names_that_are_no_text_become_text(tmp_path: Path) -> None:
    folder = tmp_path / "blog"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.md")).write_text("x")
    assert names(folder) == ["blog/caf\N{REPLACEMENT CHARACTER}.md"]


def test_archives_in_a_folder_are_opened_and_a_hostile_one_is_skipped(blog: Path) -> None:
    with zipfile.ZipFile(blog / "old.zip", "w") as archive:
        archive.writestr("x.md", "x")
    (blog / "bad.zip").write_bytes(b"PK\x03\x04 not really")
    found = names(blog)
    assert "blog/old.zip/x.md" in found
    assert "skipped blog/bad.zip" in found


def test_a_place_that_does_not_exist_is_told_with_what_may_be_meant(blog: Path) -> None:
    with pytest.raises(SourceNotFound, match=r"did you mean .*feed\.xml\?"):
        walk(str(blog / "fed.xml"))
    with pytest.raises(SourceNotFound, match="no such file or folder"):
        total_bytes(str(blog / "nothing" / "here"))
    with pytest.raises(SourceNotFound):
        walk("a\0b")


def test_a_device_is_refused() -> None:
    with pytest.raises(SourceRefused, match="neither"):
        walk(os.devnull)


def test_progress_ends_at_the_total_and_never_goes_back(blog: Path) -> None:
    (blog / "big.xml").write_bytes(b"x" * 300_000)
    (blog / "export.xml.gz").write_bytes(gzip.compress(os.urandom(200_000)))
    (blog / "photo.jpg").write_bytes(b"x" * 1_000)
    with zipfile.ZipFile(blog / "old.zip", "w") as archive:
        archive.writestr("x.md", os.urandom(100_000))
    progress = Progress()
    seen = [0]
    for found in walk(str(blog), progress):
        assert isinstance(found, Source)
        for _ in range(2):  # the second time counts nothing
            with found.open() as stream:
                while stream.read(50_000):
                    seen.append(progress.read)
    assert seen == sorted(seen)
    assert len(set(seen)) > 8
    assert progress.read == total_bytes(str(blog))


def test_a_source_that_is_not_read_counts_when_it_is_passed(blog: Path) -> None:
    progress = Progress()
    assert all(not isinstance(found, Skipped) for found in walk(str(blog), progress))
    assert progress.read == total_bytes(str(blog)) == 8


def test_a_warning_is_kept_once(blog: Path) -> None:
    (source,) = walk(str(blog / "feed.xml"))
    assert isinstance(source, Source)
    source.warn("was mended")
    source.warn("was mended")
    assert source.warnings == ["was mended"]
