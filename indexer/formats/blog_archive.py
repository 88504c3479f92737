"""The Blog Archive format (https://book.micro.blog/blog-archive-format/): a zip called `.bar`.

    feed.json      all posts, as a JSON Feed; its `content_text` may be Markdown
    index.html     all posts again, as an h-feed (https://microformats.org/wiki/h-feed), on one page or more
    uploads/       pictures

The feed is like one from the web, but has all posts of the blog. Where it is missing, the h-feed is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.formats import jsonfeed
from indexer.formats.format import Format
from indexer.formats.pages.elements import first_values, inner_html, outermost, value_of
from indexer.formats.reading.text import read_text
from indexer.normalise.bodies.nesting import shallow
from indexer.record import Markup, RawBlog, RawPost, Skipped
from indexer.source import Source

_LARGEST = 50_000_000  # bytes
_FEEDS = ("feed.json", "index.json")
_PAGE = "index.html"
_UPLOADS = "uploads/"
_ABOUT = re.compile(r"(?:readme|licen[sc]e)\b")  # of an archive that is kept in a repository
_TO_UPLOADS = re.compile(r"""(\b(?:src|href)\s*=\s*["'])(?:\./)?(?=uploads/)""", re.IGNORECASE)


def sniff(source: Source) -> bool:
    """The feed or a page of an archive that is called `.bar`, or that has nothing else but pictures."""
    place = PurePosixPath(source.path.lower())
    if place.name in _FEEDS:
        return _in_archive(source) and jsonfeed.sniff(source)
    return place.suffix == ".html" and _in_archive(source)


def read(source: Source) -> Iterator[RawPost | Skipped]:
    """The posts in the order of the feed; of other files that have the same posts, nothing."""
    name = PurePosixPath(source.path.lower()).name
    chosen = next((feed for feed in _FEEDS if feed in _beside(source)), name)
    if name != chosen:
        source.companion = True
        return
    for post in jsonfeed.read(source) if name in _FEEDS else _h_feed(source):
        yield _as_on_the_web(post) if isinstance(post, RawPost) else post


def _as_on_the_web(post: RawPost) -> RawPost:
    """The post with its pictures where they are on the web: below the blog's own address."""
    markup = Markup.MARKDOWN if post.body_markup is Markup.TEXT else post.body_markup
    return replace(post, body=_TO_UPLOADS.sub(r"\1/", post.body), body_markup=markup)


def _in_archive(source: Source) -> bool:
    folder = source.name.lower().removesuffix(source.path.lower()).rstrip("/")
    if folder.endswith(".bar"):
        return True
    names = {name for name in _beside(source) if not _ABOUT.match(name)}
    return _PAGE in names and any(feed in names for feed in _FEEDS) and not names - {_PAGE, *_FEEDS, _UPLOADS}


def _beside(source: Source) -> frozenset[str]:
    """What lies in the folder of a file, in small letters; all that is in a folder of uploads as one."""
    if source.neighbours is None:
        return frozenset()
    folder = str(PurePosixPath(source.path).parent).removeprefix(".")
    start = len(folder) + 1 if folder else 0
    names = (path[start:].lower() for path in source.neighbours.names(folder))
    return frozenset(_UPLOADS if name.startswith(_UPLOADS) else name for name in names)


def _h_feed(source: Source) -> Iterator[RawPost]:
    tree = LexborHTMLParser(shallow(read_text(source, _LARGEST, source.charset)))
    blog = RawBlog(
        name=next(first_values(tree, [".h-feed > .p-name", "title"]), ""),
        link=_address(tree, ".h-feed > .u-url"),
    )
    for number, entry in enumerate(outermost(tree, ".h-entry"), start=1):
        yield _entry(f"entry {number}", entry, blog)


def _entry(where: str, entry: LexborNode, blog: RawBlog) -> RawPost:
    content = entry.css_first(".e-content")
    link = _address(entry, ".u-url")
    return RawPost(
        where=where,
        blog=blog,
        own_id=link,
        title=next(first_values(entry, [".p-name:not(.e-content)", ".h-entry > h1"]), ""),
        body=inner_html(content) if content is not None else "",
        authors=tuple(value_of(author) for author in entry.css(".p-author")),
        tags=tuple(value_of(tag) for tag in entry.css(".p-category")),
        published=tuple(first_values(entry, [".dt-published"])),
        updated=tuple(first_values(entry, [".dt-updated"])),
        link=link,
    )


def _address(tree: LexborHTMLParser | LexborNode, selector: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get("href") or "") if node is not None else ""


FORMAT = Format(
    name="blogarchive",
    title="Blog Archive (.bar)",
    sniff=sniff,
    read=read,
    known_by="a zip called `.bar`, or a folder that has only `feed.json`, `index.html` and `uploads`",
)
