"""Feeds: what is refused, and what feedparser is kept from doing."""

from __future__ import annotations

import pytest

from indexer.formats import feed
from indexer.record import Markup, RawPost
from search.errors import SourceRefused
from tests.indexer.formats.sources import source_of


def rss(*items: str, head: str = "") -> bytes:
    return f"<rss version='2.0'><channel><title>B</title>{head}{''.join(items)}</channel></rss>".encode()


@pytest.mark.parametrize("content", [b"<note><to>Ana</to></note>", b"<html><body>hello</body></html>"])
def test_xml_that_is_no_feed_is_refused(content: bytes) -> None:
    with pytest.raises(SourceRefused, match="not a feed"):
        list(feed.read(source_of(content)))
    assert not feed.sniff(source_of(content))


def test_a_feed_over_twenty_megabytes_is_refused() -> None:
    content = rss("<item><title>One</title></item>", head=f"<description>{'x' * (21 << 20)}</description>")
    with pytest.raises(SourceRefused, match="20 MB"):
        list(feed.read(source_of(content)))


def test_a_valid_feed_without_entries_yields_nothing_and_says_so() -> None:
    source = source_of(rss())
    assert list(feed.read(source)) == []
    assert source.warnings == ["the feed has no entries"]


@pytest.mark.parametrize("hostile", ["<a " * 8000, "<div>" * 100_000, "<![" * 8000, "&" * 50_000])
def test_hostile_markup_in_a_body_is_handed_on_untouched(hostile: str) -> None:
    escaped = hostile.replace("&", "&amp;").replace("<", "&lt;")
    (post,) = feed.read(source_of(rss(f"<item><title>T</title><description>{escaped}</description></item>")))
    assert isinstance(post, RawPost)
    assert post.body.strip() == hostile.strip()


def test_a_script_is_left_for_the_sanitiser_that_all_formats_share() -> None:
    (post,) = feed.read(source_of(rss("<item><description>&lt;script>x&lt;/script> y</description></item>")))
    assert isinstance(post, RawPost)
    assert post.body == "<script>x</script> y"
    assert post.body_markup is Markup.HTML


def test_a_feed_is_never_taken_for_all_its_blog_has() -> None:
    assert not feed.FORMAT.complete


def test_a_graph_that_is_no_feed_is_not_recognised() -> None:
    graph = b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><foaf:Person/></rdf:RDF>"
    assert not feed.sniff(source_of(graph))


def test_an_entry_declares_a_language_where_its_feed_has_another() -> None:
    entries = "<entry><title>A</title>{0}</entry><entry xml:lang='de'><title>B</title>{0}</entry>"
    content = entries.format("<content type='html'>Text</content>")
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>F</title>{content}</feed>"
    posts = [post for post in feed.read(source_of(atom.encode())) if isinstance(post, RawPost)]
    assert [post.language for post in posts] == ["", "de"]
    assert {post.blog.language for post in posts} == {"en"}


def test_when_an_entry_was_last_changed_only_suggests_when_it_was_published() -> None:
    dates = "<updated>2012-03-04T10:00:00Z</updated>"
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title>{dates}</entry></feed>"
    (post,) = feed.read(source_of(atom.encode()))
    assert isinstance(post, RawPost)
    assert post.published == ()
    assert [(hint.text, hint.confidence) for hint in post.published_hints] == [("2012-03-04T10:00:00Z", 0.7)]
