"""Feeds of a small blog, as a server would send them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from tests.indexer.fetching.faulty_server import FaultyServer, Reply, document

_RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/"><channel>
<title>{title}</title><link>{site}</link>{head}
{items}
</channel></rss>"""

_ITEM = """<item><title>{title}</title><link>{site}/{name}/</link>
<guid isPermaLink="false">{site}/?p={name}</guid>
<description>{text}</description>{more}</item>"""

WORDPRESS = "<generator>https://wordpress.org/?v=6.4</generator>"


def rss(
    server: FaultyServer,
    names: Iterable[str],
    *,
    head: str = "",
    more: str = "",
    title: str = "Rain Gauge",
    **headers: str,
) -> Reply:
    """A feed with a post of each name; `head` and `more` are put into the channel and each item."""
    site = server.address("")
    items = [
        _ITEM.format(title=name.title(), site=site, name=name, text=f"On {name}.", more=more)
        for name in names
    ]
    feed = _RSS.format(title=title, site=site, head=head, items="\n".join(items))
    return document(feed.encode(), Content_Type="application/rss+xml", **headers)


def rss_comments(server: FaultyServer, comments: Sequence[tuple[str, int]]) -> Reply:
    """WordPress' feed of comments: each is on the post of a name, and has a number."""
    site = server.address("")
    items = "\n".join(
        f"<item><title>By: Ivo</title><link>{site}/{name}/#comment-{number}</link>"
        f'<guid isPermaLink="false">{site}/?p={name}#comment-{number}</guid>'
        f"<description>Reply {number}.</description></item>"
        for name, number in comments
    )
    feed = _RSS.format(title="Comments on Rain Gauge", site=site, head=WORDPRESS, items=items)
    return document(feed.encode(), Content_Type="application/rss+xml")


def atom(
    server: FaultyServer, names: Iterable[str], *, links: str = "", replies: int = 0, more: str = ""
) -> Reply:
    """An Atom feed; `links` are put into its head, `more` into each entry, which tells of so many replies."""
    site = server.address("")
    entries = "\n".join(
        f"<entry><id>tag:rain.example,2020:{name}</id><title>{name.title()}</title>"
        f'<link rel="alternate" href="{site}/{name}.html"/><updated>2020-01-05T08:00:00Z</updated>'
        f"<thr:total>{replies}</thr:total>{more}<content>On {name}.</content></entry>"
        for name in names
    )
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">'
        f'<id>tag:rain.example,2020:blog</id><title>Rain Gauge</title><link rel="alternate" href="{site}/"/>'
        f"{links}{entries}</feed>"
    )
    return document(feed.encode(), Content_Type="application/atom+xml")


def json_feed(server: FaultyServer, names: Iterable[str], *, next_url: str = "") -> Reply:
    """A JSON Feed, maybe with an older page."""
    items = [{"id": name, "title": name.title(), "content_text": f"On {name}."} for name in names]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Rain Gauge", "items": items}
    if next_url:
        feed["next_url"] = next_url
    return document(json.dumps(feed).encode(), Content_Type="application/feed+json")


def html(body: str, head: str = "") -> Reply:
    """A page of the blog."""
    page = f"<!doctype html><html><head><title>Rain Gauge</title>{head}</head><body>{body}</body></html>"
    return document(page.encode(), Content_Type="text/html; charset=utf-8")
