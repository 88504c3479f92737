from __future__ import annotations

import io

import pytest

from indexer.live.outlook import CommentFeed, Outlook, look
from indexer.source import Source

ADDRESS = "https://rain.example/feed/"


def seen(text: str) -> Outlook:
    return look(Source("rain.example/feed/", lambda: io.BytesIO(text.encode()), address=ADDRESS))


def test_what_stands_around_the_entries_of_rss() -> None:
    outlook = seen(
        """<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
        <title><![CDATA[Rain & Gauge]]></title><atom:link href="https://rain.example/feed/" rel="self"/>
        <link>https://rain.example</link><generator>https://wordpress.org/?v=6.4</generator>
        <item><title>Hail</title><link>https://rain.example/hail/</link>
        <guid isPermaLink="false">https://rain.example/?p=7</guid>
        <wfw:commentRss>https://rain.example/hail/feed/</wfw:commentRss><slash:comments>3</slash:comments></item>
        <item><guid>8</guid><wfw:commentRss>https://rain.example/dry/feed/</wfw:commentRss>
        <slash:comments>0</slash:comments></item></channel></rss>"""
    )
    assert outlook == Outlook(
        title="Rain & Gauge",
        site="https://rain.example",
        software="wordpress",
        entries=("https://rain.example/?p=7", "8"),
        comments=3,
        comment_feeds=(CommentFeed("https://rain.example/hail/feed/", "rain.example/hail", 3),),
        places=("rain.example/hail",),
    )


def test_what_stands_around_the_entries_of_bloggers_atom() -> None:
    outlook = seen(
        """<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'>
        <id>tag:blogger.com,1999:blog-1</id><title type='text'>Rain Gauge</title>
        <link rel='alternate' type='text/html' href='https://rain.example/'/>
        <link rel='next' type='application/atom+xml' href='https://www.blogger.com/feeds/1/posts/default?start-index=26'/>
        <generator version='7.00' uri='http://www.blogger.com'>Blogger</generator>
        <entry><id>tag:blogger.com,1999:blog-1.post-2</id>
        <link rel='replies' type='application/atom+xml' href='https://rain.example/feeds/2/comments/default'/>
        <link rel='replies' type='text/html' href='https://rain.example/hail.html#comment-form'/>
        <thr:total>4</thr:total></entry></feed>"""
    )
    assert outlook.software == "blogger"
    assert outlook.older == ("https://www.blogger.com/feeds/1/posts/default?start-index=26",)
    assert outlook.entries == ("tag:blogger.com,1999:blog-1.post-2",)
    (feed,) = outlook.comment_feeds
    assert (feed.address, feed.count) == ("https://rain.example/feeds/2/comments/default", 4)


def test_a_feed_without_ids_is_known_by_its_links() -> None:
    assert seen("<rss><channel><item><link>https://rain.example/1</link></item></channel></rss>").entries == (
        "https://rain.example/1",
    )


@pytest.mark.parametrize(
    "text", ["", "hello", "{", "[1, 2", "{}", "[]", "<html><link rel='next' href='/2'></html>"]
)
def test_nothing_is_seen_in_what_is_no_feed(text: str) -> None:
    outlook = seen(text)
    assert (outlook.entries, outlook.older) == ((), ())


@pytest.mark.parametrize(
    "piece",
    ["<link ", "<link href='", "<a:", "<item", "<guid>", "<title><![CDATA[", "a=", "<thr:total> ", "x" * 9],
)
def test_a_million_characters_of_a_piece_are_looked_at_once(piece: str) -> None:
    assert seen(f"<rss>{piece * (1_000_000 // len(piece))}").older == ()
