"""What Blogger's API (version 3) answers, saved: lists of posts, pages and comments, or one of them.

    {"kind": "blogger#postList", "items": [
      {"kind": "blogger#post", "id": "17", "blog": {"id": "5"}, "published": ..., "updated": ..., "url": ...,
       "title": ..., "content": ..., "author": {"displayName": ...}, "labels": [...], "status": "LIVE",
       "replies": {"items": [
         {"kind": "blogger#comment", "id": "9", "post": {"id": "17"}, "inReplyTo": {"id": ...},
          "published": ..., "content": ..., "author": {"displayName": ...}}]}}]}

The list may also stand by itself. Ids are made the same as in Blogger's exports and feeds, so that the posts
of all of them, and their comments, are the same ones. The name and address of the blog are in its own answer
(`blogger#blog`), where that lies beside the lists.

Source: developers.google.com/blogger/docs/3.0/reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from indexer.formats.format import Format
from indexer.formats.reading.json_list import Json, NotJson, load, load_items, text_of
from indexer.formats.reading.links import site_in
from indexer.formats.reading.text import read_text
from indexer.neighbours import Neighbours
from indexer.record import RawBlog, RawComment, RawPost, Skipped
from indexer.source import Source
from search.errors import SourceRefused

_LARGEST = 50_000_000  # bytes
_LARGEST_BLOG = 1_000_000  # bytes; its answer is a hundredth of that, and may hold a few posts
_MOST_BLOGS = 1_000
_KIND = re.compile(rb'"kind"\s*:\s*"blogger#(?:postList|pageList|commentList|post|page|comment|blog)"')

_STATUSES = {"": "", "LIVE": "", "DRAFT": "draft", "SCHEDULED": "scheduled", "SOFT_TRASHED": "trashed"}
_COMMENT_STATUSES = {"": "", "LIVE": "", "EMPTIED": "removed", "PENDING": "pending", "SPAM": "spam"}

_Item = dict[str, Json]


def sniff(source: Source) -> bool:
    """JSON that names one of Blogger's kinds."""
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"{", b"[")) and _KIND.search(head) is not None


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """The posts, pages and comments in the order of the file, each post before its replies."""
    try:
        found = load_items(read_text(source, _LARGEST), "items")
    except NotJson as error:
        raise SourceRefused(f"{source.name}: {error}") from error
    blogs = source.neighbours.once(_blogs) if source.neighbours else {}
    for number, item in enumerate(found.items or (), start=1):
        if isinstance(item, dict):
            yield from _records(f"item {number}", item, blogs)
        else:
            yield item if isinstance(item, Skipped) else Skipped(f"item {number}", "not a JSON object")


def _records(where: str, item: _Item, blogs: dict[str, RawBlog]) -> Iterator[RawPost | RawComment | Skipped]:
    match text_of(item.get("kind")).removeprefix("blogger#"):
        case "post" | "page" as kind:
            post = _post(where, item, kind, _blog(item, blogs))
            yield post
            for number, reply in enumerate(_inner(item, "replies"), start=1):
                yield _comment(f"{where}, reply {number}", reply, post)
        case "comment":
            blog = _blog(item, blogs)
            yield _comment(where, item, RawPost(where, blog, own_id=_own_id(item, "post", _id(item, "post"))))
        case "blog":
            for list_name in ("posts", "pages"):
                for number, inner in enumerate(_inner(item, list_name), start=1):
                    yield from _records(f"{where}, {list_name} {number}", inner, blogs)
        case other:
            yield Skipped(where, f"neither a post, a page nor a comment of Blogger, but {other[:40]!r}")


def _post(where: str, item: _Item, kind: str, blog: RawBlog) -> RawPost:
    labels = item.get("labels")
    status = text_of(item.get("status"))
    return RawPost(
        where=where,
        blog=blog,
        own_id=_own_id(item, kind, text_of(item.get("id"))),
        title=unescape(text_of(item.get("title"))),
        body=text_of(item.get("content")),
        authors=_author(item),
        tags=tuple(unescape(text_of(label)) for label in labels) if isinstance(labels, list) else (),
        published=_dates(item, "published"),
        updated=_dates(item, "updated"),
        link=text_of(item.get("url")),
        kind=kind,
        left_out=_STATUSES.get(status, status.lower()[:40]),
    )


def _comment(where: str, item: _Item, post: RawPost) -> RawComment:
    answered = _id(item, "inReplyTo")
    status = text_of(item.get("status"))
    own_id = text_of(item.get("id"))
    return RawComment(
        where=where,
        blog=post.blog,
        own_id=_own_id(item, "post", own_id),
        post_own_id=post.own_id,
        parent_own_id=_own_id(item, "post", answered),
        author=next(iter(_author(item)), ""),
        body=text_of(item.get("content")),
        published=_dates(item, "published"),
        left_out=_COMMENT_STATUSES.get(status, status.lower()[:40]),
    )


def _own_id(item: _Item, kind: str, number: str) -> str:
    """The id in Blogger's exports, where a comment's is written like a post's; empty without a number."""
    blog = _id(item, "blog")
    return f"tag:blogger.com,1999:blog-{blog}.{kind}-{number}" if blog and number else number


def _id(item: _Item, name: str) -> str:
    """The id of what the item refers to under a name."""
    inner = item.get(name)
    return text_of(inner.get("id")) if isinstance(inner, dict) else ""


def _inner(item: _Item, name: str) -> Iterator[_Item]:
    """The objects of a list within the item."""
    inner = item.get(name)
    items = inner.get("items") if isinstance(inner, dict) else None
    yield from (one for one in items if isinstance(one, dict)) if isinstance(items, list) else ()


def _author(item: _Item) -> tuple[str, ...]:
    author = item.get("author")
    name = unescape(text_of(author.get("displayName"))) if isinstance(author, dict) else ""
    return (name,) if name else ()


def _dates(item: _Item, field: str) -> tuple[str, ...]:
    text = text_of(item.get(field))
    return (text,) if text else ()


def _blog(item: _Item, blogs: dict[str, RawBlog]) -> RawBlog:
    """The blog by its id, else what the post's address says."""
    if known := blogs.get(_id(item, "blog")):
        return known
    site = site_in(text_of(item.get("url")))
    return RawBlog(link=f"{site}/" if site else "")


def _blogs(neighbours: Neighbours) -> dict[str, RawBlog]:
    """The blogs that small files beside the source describe, by id."""
    found: dict[str, RawBlog] = {}
    for path in [name for name in neighbours.names() if name.lower().endswith(".json")][:_MOST_BLOGS]:
        content = neighbours.read(path) or b""
        if len(content) < _LARGEST_BLOG and b"blogger#blog" in content:
            found |= _blog_in(content.decode("utf-8-sig", "replace"))
    return found


def _blog_in(text: str) -> dict[str, RawBlog]:
    try:
        item = load(text)
    except NotJson:
        return {}
    if not isinstance(item, dict) or item.get("kind") != "blogger#blog":
        return {}
    locale = item.get("locale")
    language = text_of(locale.get("language")) if isinstance(locale, dict) else ""
    blog = RawBlog(unescape(text_of(item.get("name"))), text_of(item.get("url")), language)
    return {text_of(item.get("id")): blog}


FORMAT = Format(
    name="blogger-api",
    title="Blogger API (JSON)",
    sniff=sniff,
    read=read,
    known_by="JSON with a `kind` such as `blogger#postList`",
    complete=False,
)
