"""A whole site, as a mirroring program saved it, gives each of its posts once and nothing for its lists."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from indexer.formats import page
from indexer.formats.pages.address import mirrored, own_address, page_address
from indexer.formats.pages.kind import is_index_address
from indexer.normalise.normaliser import Normaliser
from indexer.record import RawPost
from indexer.source import Source, walk
from search.model import Post
from tests.indexer.formats.mirrors import POSTS, TEMPLATES, Template, write_mirror


def posts_of(folder: Path) -> list[Post]:
    """The posts of all pages of a mirror, one for each page that gives one."""
    found = []
    for source in walk(str(folder)):
        assert isinstance(source, Source)
        for record in page.read(source):
            if isinstance(record, RawPost) and not record.left_out:
                found.append(Normaliser(fallback_blog="mirror").post(record, source.name))
    return found


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_a_mirror_gives_each_post_once_and_nothing_for_its_lists(tmp_path: Path, template: Template) -> None:
    posts = posts_of(write_mirror(tmp_path / "mirror", template))
    assert sorted(post.title for post in posts) == sorted(title for title, _ in POSTS)
    for post in posts:
        word = dict(POSTS)[post.title]
        assert post.text.count(word) == 3
        assert "Subscribe" not in post.text
        assert post.link.startswith("http://blog.example.com/")


VARIANTS = (
    "post.html?m=1",
    "post.html?m=1.html",
    "post.html?replytocom=12",
    "post.html@replytocom=12.html",
    "post.html.orig",
    "post.html?showComment=1357769130166.html",
)


@pytest.mark.parametrize("name", VARIANTS)
def test_other_forms_of_a_page_are_the_same_post(name: str) -> None:
    assert (
        mirrored(f"mirror/blog.example.com/2012/03/{name}").partition("?")[0].endswith("/2012/03/post.html")
    )
    assert (
        own_address(mirrored(f"blog.example.com/2012/03/{name}"))
        == "http://blog.example.com/2012/03/post.html"
    )


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("https://a.example/post/amp/", "https://a.example/post/"),
        ("https://a.example/post/?replytocom=7&p=2#respond", "https://a.example/post/?p=2"),
        ("https://a.example/post/comment-page-2/", "https://a.example/post/"),
        ("https://a.example/post/index.html", "https://a.example/post/"),
        ("https://a.example/?p=12", "https://a.example/?p=12"),
        ("https://a.example/?q=a+b", "https://a.example/?q=a+b"),
    ],
)
def test_an_address_is_cut_back_to_the_pages_own(address: str, own: str) -> None:
    assert own_address(address) == own


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("site/blog.example.com/2012/a.html", "http://blog.example.com/2012/a.html"),
        ("jo.github.io/2012/a/index.html", "http://jo.github.io/2012/a/"),
        ("blog.example.com/index.html?p=12", "http://blog.example.com/?p=12"),
        ("site/posts/a.html", ""),
        ("export.zip/a.html", ""),
        ("blog.example.com", ""),
    ],
)
def test_the_folders_of_a_mirror_say_its_addresses(name: str, address: str) -> None:
    assert mirrored(name) == address


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="/a.html">', "http://blog.example.com/a.html"),
        ('<link rel="canonical" href="http://x.example/"><meta property="og:url" content="http://x.example/a">',
         "http://x.example/a"),
        ("<!-- saved from url=(0025)http://x.example/a.html -->", "http://x.example/a.html"),
        ("<!-- Mirrored from x.example/a.html by HTTrack Website Copier/3.x -->", "http://x.example/a.html"),
        ("", "http://blog.example.com/2012/b.html"),
    ],
)  # fmt: skip
def test_the_address_of_a_page_is_the_best_that_anything_says(head: str, address: str) -> None:
    text = f"<html><head>{head}</head>"
    source = Source("blog.example.com/2012/b.html", lambda: BytesIO(text.encode()))
    assert page_address(LexborHTMLParser(text), text, source) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/", "http://a.example", "http://a.example/2012/", "http://a.example/2012/03/02/",
        "http://a.example/page/2/", "http://a.example/?paged=2", "http://a.example/?cat=3", "http://a.example/?m=201203",
        "http://a.example/category/boats/", "http://a.example/tags/boats/page/2/", "http://a.example/author/jo/",
        "http://a.example/search?q=x", "http://a.example/blog/", "http://a.example/archives.html",
        "http://a.example/feed/", "mirror/tags/index.html", "http://a.example/archives/2012_03.html",
    ],
)  # fmt: skip
def test_lists_are_known_by_their_addresses(address: str) -> None:
    assert is_index_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/2012/03/02/hello/", "http://a.example/?p=12", "http://a.example/hello.html",
        "http://a.example/blog/hello", "http://a.example/archives/000123.html", "http://a.example/p/about.html",
        "http://a.example/hello?m=1", "mirror/index.html", "http://a.example/tagging-along/",
    ],
)  # fmt: skip
def test_posts_are_not_taken_for_lists_by_their_addresses(address: str) -> None:
    assert not is_index_address(address)
