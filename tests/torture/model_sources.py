"""The sources of the model: an export that is complete, and a feed that has the newest posts only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Export</title><link>https://export.example</link>
"""
_ITEM = """<item><title>{post.title}</title><link>{post.link}</link>
<guid isPermaLink="false">{post.link}</guid><dc:creator>writer</dc:creator>
<content:encoded><![CDATA[<p>{post.text}</p>]]></content:encoded><wp:post_id>{post.number}</wp:post_id>
<wp:post_date_gmt>2024-03-01 08:00:00</wp:post_date_gmt><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status>{tags}{comments}</item>
"""
_TAG = '<category domain="post_tag" nicename="{tag}"><![CDATA[{tag}]]></category>'
_COMMENT = """<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Ivo</wp:comment_author>
<wp:comment_date_gmt>2024-04-01 08:00:00</wp:comment_date_gmt><wp:comment_content>{text}</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved></wp:comment>"""


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the model: what it says follows from its number, its `word`, and each comment's own word."""

    number: int
    word: str
    tags: frozenset[str] = frozenset()
    comments: tuple[str, ...] = ()
    feed: bool = False

    @property
    def link(self) -> str:
        """Its address, which stays as it changes."""
        return f"https://{'feed' if self.feed else 'export'}.example/{self.number}"

    @property
    def title(self) -> str:
        """Its title."""
        return f"Story {self.number}"

    @property
    def text(self) -> str:
        """Its text, in which its word is."""
        return f"What {self.word} tells in number {self.number}."


Posts: TypeAlias = Mapping[str, Post]
"""Posts by their links."""


def write_export(folder: Path, posts: Iterable[Post]) -> Path:
    """Write a WordPress export of all of these, in the place of the one before; returns the file."""
    path = folder / "export.wordpress.xml"
    path.write_text(f"{_HEAD}{''.join(map(_item, posts))}</channel></rss>\n", encoding="utf-8")
    return path


def _item(post: Post) -> str:
    return _ITEM.format(
        post=post,
        tags="".join(_TAG.format(tag=tag) for tag in sorted(post.tags)),
        comments="".join(_COMMENT.format(number=word[1:-1], text=word) for word in post.comments),
    )


def write_feed(folder: Path, posts: Sequence[Post]) -> Path:
    """Write a JSON Feed of these, in the place of the one before; returns the file."""
    path = folder / "feed.json"
    items = [
        {
            "id": post.link,
            "url": post.link,
            "title": post.title,
            "content_text": post.text,
            "tags": sorted(post.tags),
            "date_published": "2024-05-01T08:00:00Z",
        }
        for post in posts
    ]
    written = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Feed",
        "home_page_url": "https://feed.example/",
        "items": items,
    }
    path.write_text(json.dumps(written), encoding="utf-8")
    return path
