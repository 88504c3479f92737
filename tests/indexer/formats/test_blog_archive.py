from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from indexer.formats import FORMATS, blog_archive, jsonfeed
from indexer.record import Markup, RawPost
from indexer.source import Source, walk

SITE = Path(__file__).parents[2] / "formats" / "blogarchive" / "gull-notes.bar.site"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An unpacked archive with one picture."""
    found = tmp_path / "gull-notes"
    shutil.copytree(SITE, found, ignore=shutil.ignore_patterns("*.expected.json"))
    (found / "uploads").mkdir()
    (found / "uploads" / "gull.jpg").write_bytes(b"picture")
    return found


def packed(folder: Path, name: str) -> Path:
    archive = Path(shutil.make_archive(str(folder), "zip", folder))
    return archive.rename(archive.with_name(name))


def read(location: Path) -> dict[str, list[str]]:
    """The own ids of the posts of each file, by the file's name and format."""
    found = {}
    for source in walk(str(location)):
        assert isinstance(source, Source)
        chosen = next(chosen for chosen in FORMATS if chosen.sniff(source))
        posts = [post for post in chosen.read(source) if isinstance(post, RawPost) and not post.left_out]
        found[f"{source.path} {chosen.name}"] = [post.own_id for post in posts]
    return found


def test_an_archive_gives_each_post_once(folder: Path) -> None:
    expected = {
        "feed.json blogarchive": ["https://gull.micro.example/2023/01/02/a-gull.html", "2"],
        "index.html blogarchive": [],
    }
    assert read(packed(folder, "gull.bar")) == expected
    assert read(folder) == expected


def test_an_archive_has_all_posts_while_a_feed_has_the_newest() -> None:
    assert blog_archive.FORMAT.complete
    assert not jsonfeed.FORMAT.complete


def test_without_a_feed_the_page_is_read(folder: Path) -> None:
    (folder / "feed.json").unlink()
    (posts,) = read(packed(folder, "gull.bar")).values()
    assert posts == ["https://gull.micro.example/2023/01/02/a-gull.html", ""]


def test_a_feed_among_other_files_is_a_feed(folder: Path) -> None:
    (folder / "about.html").write_text("<html><body><h1>About</h1></body></html>", "utf-8")
    assert "feed.json jsonfeed" in read(folder)


def test_all_pages_of_an_archive_have_the_posts_of_its_feed(folder: Path) -> None:
    shutil.copy(folder / "index.html", folder / "page2.html")
    found = read(packed(folder, "gull.bar"))
    assert found["index.html blogarchive"] == found["page2.html blogarchive"] == []


def test_a_text_of_its_feed_is_markdown(folder: Path) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_text": "A *gull*"}]}
    (folder / "feed.json").write_text(json.dumps(feed), "utf-8")
    source = next(source for source in walk(str(folder)) if isinstance(source, Source))
    (post,) = blog_archive.read(source)
    assert isinstance(post, RawPost)
    assert post.body_markup is Markup.MARKDOWN


def test_an_archive_may_be_kept_in_a_repository(folder: Path) -> None:
    (folder / "README.md").write_text("Archive of my posts", "utf-8")
    assert "feed.json blogarchive" in read(folder)


def test_an_archive_in_a_folder_of_its_own_is_one(folder: Path) -> None:
    outer = folder.parent / "outer"
    shutil.move(folder, outer / "inner")
    assert "inner/feed.json blogarchive" in read(outer)
