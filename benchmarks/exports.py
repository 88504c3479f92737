"""A corpus of posts written out as the exports that WordPress and Blogger would give of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from itertools import count
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from markdown_it import MarkdownIt

from benchmarks.corpus import read_corpus

_WXR_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
  <title>Corpus</title>
  <link>https://corpus.example</link>
  <language>en-US</language>
  <wp:wxr_version>1.2</wp:wxr_version>
"""
_ATOM_HEAD: Final = """<?xml version='1.0' encoding='utf-8'?>
<feed xmlns='http://www.w3.org/2005/Atom'{own}
  xmlns:gd='http://schemas.google.com/g/2005' xmlns:thr='http://purl.org/syndication/thread/1.0'>
<id>tag:blogger.com,1999:blog-1{id}</id>
<title>Corpus</title>
"""
_TAKEOUT_NAMES: Final = " xmlns:blogger='http://schemas.google.com/blogger/2018'"
_BLOGGER_HEAD: Final = (
    _ATOM_HEAD.format(id=".archive", own="") + "<link rel='alternate' href='https://corpus.example/'/>\n"
)
_KIND: Final = (
    "<category scheme='http://schemas.google.com/g/2005#kind'"
    " term='http://schemas.google.com/blogger/2008/kind#post'/>"
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A post of the corpus, its body as HTML, without characters that XML forbids."""

    id: str
    title: str
    author: str
    tags: tuple[str, ...]
    date: datetime | None
    body: str


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of export: what it begins with, how post number so-and-so is written, and how it ends."""

    head: str
    item: Callable[[int, Rendered], str]
    tail: str


def rendered(corpus: Path) -> list[Rendered]:
    """The posts of a corpus, Markdown rendered to HTML."""
    render = MarkdownIt("commonmark", {"html": True}).enable("table").render
    return [_rendered(post, render) for post in read_corpus(corpus)]


def write_export(kind: str, posts: Iterable[Rendered], target: Path, megabytes: float = 0) -> int:
    """Write the posts, again and again under new numbers up to a size if one is given; returns how many."""
    posts = list(posts)
    export = EXPORTS[kind]
    number = 0
    with target.open("w", encoding="utf-8") as out:
        out.write(export.head)
        for number, post in zip(count(1), _often(posts) if megabytes else posts, strict=False):
            out.write(export.item(number, post))
            if megabytes and out.tell() >= megabytes * 1e6:
                break
        out.write(export.tail)
    return number


def _often(posts: list[Rendered]) -> Iterator[Rendered]:
    """The posts again and again; later ones with titles of their own, as no blog has the same post often."""
    for turn in count(1) if posts else ():
        for post in posts:
            yield replace(post, title=f"{post.title} ({turn})") if turn > 1 else post


def _rendered(post: dict[str, Any], render: Callable[[str], str]) -> Rendered:
    return Rendered(
        id=_clean(post["id"]),
        title=_clean(post["title"] or ""),
        author=_clean((post["authors"] or ["staff"])[0]),
        tags=tuple(map(_clean, post["tags"])),
        date=datetime.fromisoformat(post["date"]) if post["date"] else None,
        body=_clean(post["body"] if post.get("format") == "html" else render(post["body"])),
    )


def _wxr_item(number: int, post: Rendered) -> str:
    categories = "".join(
        f'<category domain="post_tag" nicename="t">{_cdata(tag)}</category>' for tag in post.tags
    )
    dates = (
        f"<pubDate>{format_datetime(post.date)}</pubDate>"
        f"<wp:post_date_gmt>{post.date:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt>"
        if post.date
        else ""
    )
    return f"""<item>
  <title>{_cdata(post.title)}</title>
  <link>https://corpus.example/{number}</link>
  {dates}
  <dc:creator>{_cdata(post.author)}</dc:creator>
  <guid isPermaLink="false">{escape(post.id)}-{number}</guid>
  <content:encoded>{_cdata(post.body)}</content:encoded>
  <wp:post_id>{number}</wp:post_id>
  <wp:status>publish</wp:status>
  <wp:post_type>post</wp:post_type>
  {categories}
</item>
"""


def _blogger_item(number: int, post: Rendered) -> str:
    link = f"<link rel='alternate' type='text/html' href='https://corpus.example/2012/{number}.html'/>"
    return _entry(number, post, f"{_KIND}{link}")


def _takeout_item(number: int, post: Rendered) -> str:
    own = "<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>"
    return _entry(number, post, f"{own}<blogger:filename>/2012/{number}.html</blogger:filename>")


def _entry(number: int, post: Rendered, own: str) -> str:
    labels = "".join(
        f"<category scheme='http://www.blogger.com/atom/ns#' term={quoteattr(tag)}/>" for tag in post.tags
    )
    published = f"<published>{post.date.isoformat()}</published>" if post.date else ""
    return f"""<entry>
<id>tag:blogger.com,1999:blog-1.post-{number}</id>
{published}{own}{labels}
<title type='text'>{escape(post.title)}</title>
<content type='html'>{escape(post.body)}</content>
<author><name>{escape(post.author)}</name></author>
</entry>
"""


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _clean(text: str) -> str:
    return "".join(c for c in text if c >= " " or c in "\t\n\r")


EXPORTS: Final = {
    "wxr": Export(_WXR_HEAD, _wxr_item, "</channel>\n</rss>\n"),
    "blogger": Export(_BLOGGER_HEAD, _blogger_item, "</feed>\n"),
    "takeout": Export(_ATOM_HEAD.format(id="", own=_TAKEOUT_NAMES), _takeout_item, "</feed>\n"),
}
"""The exports, by the names of their formats."""
