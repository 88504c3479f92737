"""A corpus of posts, one JSON object a line, written out as the export a WordPress blog would give."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from markdown_it import MarkdownIt

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
  <title>Corpus</title>
  <link>https://corpus.example</link>
  <language>en-US</language>
  <wp:wxr_version>1.2</wp:wxr_version>
"""
TAIL = "</channel>\n</rss>\n"


def read_corpus(path: Path) -> Iterator[dict[str, Any]]:
    """The posts of a corpus: id, blog, title, date, authors, tags, body and its format."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def write_wxr(corpus: Path, target: Path) -> int:
    """Write the corpus as WXR 1.2, Markdown rendered to HTML; returns the number of posts."""
    render = MarkdownIt("commonmark", {"html": True}).enable("table").render
    count = 0
    with target.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        for count, post in enumerate(read_corpus(corpus), 1):
            body = post["body"] if post.get("format") == "html" else render(post["body"])
            out.write(_item(count, post, body))
        out.write(TAIL)
    return count


def _item(number: int, post: dict[str, Any], body: str) -> str:
    author = escape((post["authors"] or ["staff"])[0])
    categories = "".join(
        f'<category domain="post_tag" nicename="t"><![CDATA[{_cdata(tag)}]]></category>'
        for tag in post["tags"]
    )
    return f"""<item>
  <title><![CDATA[{_cdata(post["title"] or "")}]]></title>
  <link>https://corpus.example/{escape(post["blog"])}/{number}</link>
  {_date(post["date"])}
  <dc:creator><![CDATA[{author}]]></dc:creator>
  <guid isPermaLink="false">{escape(post["id"])}</guid>
  <content:encoded><![CDATA[{_cdata(body)}]]></content:encoded>
  <wp:post_id>{number}</wp:post_id>
  <wp:status>publish</wp:status>
  <wp:post_type>post</wp:post_type>
  {categories}
</item>
"""


def _date(text: str | None) -> str:
    if not text:
        return ""
    date = datetime.fromisoformat(text)
    return (
        f"<pubDate>{format_datetime(date)}</pubDate>"
        f"<wp:post_date_gmt>{date:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt>"
    )


def _cdata(text: str) -> str:
    return "".join(c for c in text.replace("]]>", "]]]]><![CDATA[>") if c >= " " or c in "\t\n\r")
