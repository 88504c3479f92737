from __future__ import annotations

import io

import pytest

from indexer.live.discovery import linked_feeds, well_known_feeds
from indexer.source import Source
from tests.indexer.fetching.faulty_server import FaultyServer, redirect
from tests.indexer.live.archive import LiveArchive
from tests.indexer.live.blogs import html, rss

RSS = "application/rss+xml"


def page(markup: str, address: str = "https://rain.example/") -> Source:
    return Source("rain.example/", lambda: io.BytesIO(markup.encode()), address=address)


def alternate(href: str, kind: str = RSS, title: str = "Posts") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def test_the_feeds_that_a_page_names_are_found() -> None:
    kinds = (RSS, "application/atom+xml", "application/feed+json")
    links = "".join(alternate(f"/{number}", kind) for number, kind in enumerate(kinds))
    assert linked_feeds(page(links)) == tuple(f"https://rain.example/{number}" for number in range(3))


def test_the_feed_of_posts_comes_before_that_of_comments() -> None:
    links = (
        alternate("/comments/feed/"),
        alternate("/c", title="Rain Gauge » Comments Feed"),
        alternate("/feed/"),
    )
    assert linked_feeds(page("".join(links)))[0] == "https://rain.example/feed/"


@pytest.mark.parametrize(
    "link",
    [
        alternate("/wp-json/wp/v2/pages/7", "application/json"),
        alternate("/oembed", "application/json+oembed"),
        '<link rel="stylesheet" type="text/css" href="/feed.xml">',
        '<link rel="alternate" hreflang="de" href="/de/">',
        alternate("javascript:alert(1)"),
        alternate("file:///etc/passwd"),
        '<a href="/feedback">Feedback</a>',
    ],
)
def test_what_is_no_feed_is_passed_over(link: str) -> None:
    assert linked_feeds(page(link)) == ()


@pytest.mark.parametrize(
    "href",
    [
        "/feed",
        "/feed/",
        "/rss",
        "/atom.xml",
        "/index.xml",
        "feed.json",
        "/blog/rss.xml",
        "/feeds/posts/default",
    ],
)
def test_links_to_what_looks_like_a_feed_are_found(href: str) -> None:
    assert len(linked_feeds(page(f'<a href="{href}">Subscribe</a>'))) == 1


def test_links_of_the_own_site_come_before_others() -> None:
    links = '<a href="https://other.example/feed">a friend</a><a href="/rss.xml">RSS</a>'
    assert linked_feeds(page(links))[0] == "https://rain.example/rss.xml"


def test_relative_links_start_at_the_base_of_the_page() -> None:
    links = f'<base href="https://rain.example/blog/">{alternate("feed")}'
    assert linked_feeds(page(links)) == ("https://rain.example/blog/feed",)


def test_well_known_places_are_beside_the_page_and_at_the_root() -> None:
    places = well_known_feeds("https://rain.example/blog/index.html")
    assert places[0] == "https://rain.example/blog/feed"
    assert "https://rain.example/atom.xml" in places


def test_a_thousand_links_are_considered_in_part() -> None:
    assert len(linked_feeds(page("".join(alternate(f"/{n}") for n in range(1000))))) == 10


def test_the_feed_of_a_home_page_is_imported_and_remembered(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/", html("Hello", head=alternate("/c", title="Comments") + alternate("/posts.xml")))
    server.answer("/posts.xml", rss(server, ["hail"]))
    archive.reindex(server.address("/"))
    assert archive.sources() == [server.address("/posts.xml")]
    assert archive.titles() == ["Hail"]


def test_a_page_without_links_is_asked_for_feeds_where_they_usually_are(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/", redirect("/blog/", 301))
    server.answer("/blog/", html("Hello"))
    server.answer("/atom.xml", rss(server, ["hail"]))
    archive.reindex(server.address("/"))
    assert archive.sources() == [server.address("/atom.xml")]


def test_a_named_feed_that_is_none_is_passed_over(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/", html("Hello", head=alternate("/dead") + alternate("/page") + alternate("/good")))
    server.answer("/page", html("Nothing"))
    server.answer("/good", rss(server, ["hail"]))
    archive.reindex(server.address("/"))
    assert archive.sources() == [server.address("/good")]


def test_a_feed_that_is_found_again_keeps_the_name_its_blog_was_given(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/", html("Hello", head=alternate("/feed")))
    server.answer("/feed", rss(server, ["hail"]))
    archive.reindex(server.address("/feed"), blog="Weather")
    report = archive.reindex(server.address("/"))
    assert report.changes.unchanged == 1
    assert archive.sources() == [server.address("/feed")]
