from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer.formats import FORMATS, beehiiv, subscribers, substack
from indexer.input import Input
from indexer.neighbours import FolderNeighbours
from indexer.reader import Reader
from indexer.record import RawPost, Skipped
from indexer.source import Source
from indexer.steps import NoSteps
from search.history import SourceRecord
from tests.indexer.formats.sources import source_of

HEAD = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n"


class Export:
    """A folder with an export in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, text: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")

    def read(self, path: str) -> list[RawPost | Skipped]:
        return list(substack.read(self.source(path)))

    def source(self, path: str) -> Source:
        place = self.root / path
        return Source(path, lambda: place.open("rb"), path=path, neighbours=FolderNeighbours(self.root))

    def post(self, path: str) -> RawPost:
        (found,) = self.read(path)
        assert isinstance(found, RawPost)
        return found


@pytest.fixture
def export(tmp_path: Path) -> Export:
    found = Export(tmp_path)
    found.write(
        "posts.csv", HEAD + "1.one,2020-01-02,true,,newsletter,everyone,One,,\n2,2020-01-03,true,,,,Two,,\n"
    )
    found.write("posts/1.one.html", "<p>First</p>")
    found.write("posts/2.html", "<p>Second</p>")
    return found


def test_a_text_is_recognised_only_beside_its_table(export: Export) -> None:
    assert substack.sniff(export.source("posts/1.one.html"))
    assert not substack.sniff(source_of(b"<p>First</p>", "posts/1.one.html"))
    (export.root / "posts.csv").write_text("a,b\n1,2\n", "utf-8")
    assert not substack.sniff(export.source("posts/1.one.html"))


def test_a_text_finds_its_row_with_and_without_a_slug(export: Export) -> None:
    assert export.post("posts/1.one.html").title == "One"
    assert export.post("posts/2.html").title == "Two"


def test_the_table_gives_no_post_that_has_a_text(export: Export) -> None:
    source = export.source("posts.csv")
    assert list(substack.read(source)) == []
    assert source.companion


def test_the_table_alone_gives_its_posts_without_texts(export: Export) -> None:
    source = source_of((export.root / "posts.csv").read_bytes(), "posts.csv")
    assert len(list(substack.read(source))) == 2
    assert "give the zip" in source.warnings[0]


def test_two_exports_in_one_folder_are_told_apart(export: Export) -> None:
    export.write("other/posts.csv", HEAD + "1.one,2021-01-02,true,,newsletter,everyone,Another,,\n")
    export.write("other/posts/1.one.html", "<p>x</p>")
    assert export.post("posts/1.one.html").title == "One"
    assert export.post("other/posts/1.one.html").title == "Another"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ('<a href="https://me.substack.com/p/one?action=share">', "https://me.substack.com/p/one"),
        ('<a href="https://letters.example/p/one/comments">', "https://letters.example/p/one"),
        ('<a href="https://other.substack.com/p/elsewhere">', ""),
        ('<a href="https://other.substack.com/subscribe">', ""),
        ("", ""),
    ],
)
def test_a_link_is_made_only_where_a_text_links_to_itself(export: Export, text: str, link: str) -> None:
    export.write("posts/1.one.html", f"<p>First</p>{text}")
    assert export.post("posts/1.one.html").link == link


@pytest.mark.parametrize("pack", [False, True])
def test_an_export_gives_each_post_once(tmp_path: Path, pack: bool) -> None:
    site = Path(__file__).parents[2] / "formats" / "substack" / "letters.site"
    folder = tmp_path / "letters"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("*.expected.json"))
    location = shutil.make_archive(str(folder), "zip", folder) if pack else str(folder)
    reader = Reader(Input.at(SourceRecord(location)), FORMATS, NoSteps())
    posts = [item.raw for item in reader.items() if isinstance(item.raw, RawPost)]
    assert sorted(post.own_id for post in posts) == ["101", "102", "104", "105", "106"]
    assert reader.left_out == {"draft": 1}
    assert len(reader.skipped) == 2
    assert not reader.unknown
    assert not reader.notices.texts()


def test_lists_of_subscribers_are_not_read() -> None:
    for head in (
        b"email,First Name,Last Name,status,tier,created_at\n",  # beehiiv
        b"email,active_subscription,expiry,plan,email_disabled,created_at\n",  # Substack
        b"id,email,name,note,subscribed_to_emails,complimentary_plan\n",  # Ghost
    ):
        assert subscribers.sniff(source_of(head, "members.csv"))
    assert not subscribers.sniff(source_of(b"email,title\n", "posts.csv"))
    assert not subscribers.sniff(source_of(b"email, or not\n", "letter.txt"))


def test_a_text_of_beehiivs_outside_of_any_table_is_kept() -> None:
    table = b"web_title,status,content_html\nT,confirmed,<table><tr id=content-blocks><p>x</p></tr></table>\n"
    (post,) = beehiiv.read(source_of(table, "posts.csv"))
    assert isinstance(post, RawPost)
    assert "<p>x</p>" in post.body
