from __future__ import annotations

import pytest

from indexer.formats import opml
from indexer.formats.opml import FeedLink, feeds_in
from indexer.record import RawPost
from search.errors import SourceRefused
from tests.indexer.formats.sources import source_of


def outline(body: str, head: str = "") -> bytes:
    return f"<opml><head>{head}</head><body>{body}</body></opml>".encode()


def test_the_feeds_of_a_list_come_in_its_order_each_once() -> None:
    body = (
        '<outline text="Folder">'
        '<outline title=" The\n harbour &amp;amp; tide" xmlUrl=" https://a.example/feed "/></outline>'
        '<outline text="Again" XMLURL="https://a.example/feed"/>'
        '<outline text="Old" xmlurl="feed://b.example/rss"/>'
        '<outline text="Older" xmlUrl="feed:https://c.example/rss"/>'
        '<outline text="No feed" xmlUrl="javascript:alert(1)"/><outline text="No feed" htmlUrl="https://d.example"/>'
    )
    assert list(feeds_in(source_of(outline(body), "list.opml"))) == [
        FeedLink("The harbour & tide", "https://a.example/feed"),
        FeedLink("Old", "http://b.example/rss"),
        FeedLink("Older", "https://c.example/rss"),
    ]


def test_a_list_in_latin_1_that_says_it_is_utf_8_is_read() -> None:
    content = outline('<outline text="Café" xmlUrl="https://a.example/"/>').decode().encode("latin-1")
    (feed,) = feeds_in(source_of(b'<?xml version="1.0" encoding="UTF-8"?>\0' + content, "list.opml"))
    assert feed.title == "Café"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "declares entities"),
        (b"<html></html>", "not an OPML file"),
        (b"no XML", "no XML in it"),
        (b"<opml>" + b"<a/>" * 600_000 + b"</opml>", "more than 500,000 tags"),
        (b"<opml>" + b" " * 20_000_000 + b"</opml>", "larger than 20 MB"),
    ],
    ids=["entities", "html", "text", "tags", "large"],
)
def test_what_is_no_harmless_outline_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(SourceRefused, match=why):
        list(feeds_in(source_of(content, "list.opml")))


def test_outlines_nested_deeper_than_python_recurses_are_read() -> None:
    deep = '<outline text="a">' * 2_000 + "</outline>" * 2_000
    (post,) = opml.read(source_of(outline(deep), "blog.opml"))
    assert isinstance(post, RawPost)
    assert post.title == "a"
