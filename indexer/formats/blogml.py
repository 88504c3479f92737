"""BlogML 2: what BlogEngine.NET, Subtext, dasBlog, Community Server and their kin export.

    blog[root-url] > title, authors > author[id] > title, categories > category[id] > title, posts > post*
    post[id date-created date-modified approved post-url type] > title, content[type], post-name, excerpt,
        authors > author[ref], categories > category[ref], tags > tag[ref], comments > comment*, trackbacks
    comment[id parentid date-created approved user-name] > title, content[type]

The schema is http://www.blogml.com/2006/09/BlogML. A text's type may be base64, which is decoded; whether it
says text, html or xhtml means little, for all of them hold HTML. Dates are in UTC.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import assert_never

from indexer.formats.format import Format
from indexer.formats.reading.links import absolute, is_absolute
from indexer.formats.reading.prolog import root_name
from indexer.formats.reading.xml import (
    Element,
    Header,
    Names,
    Namespaces,
    Record,
    markup_of,
    records,
    text_of,
)
from indexer.record import POST_LEFT_OUT, Markup, RawBlog, RawComment, RawPost, Skipped
from indexer.source import Source

ROOTS = ("blog",)
NAMESPACES: Namespaces = {None: "http://www.blogml.com/2006/09/BlogML"}
NAMES = Names(((r"https?://(?:www\.)?blogml\.(?:com|org)/.*", ""),))

_TAG = re.compile(r"<[a-zA-Z/!]")
_SLUG = re.compile(r"[\w.-]+")
_NOBODY = re.compile(r"[0-]*")  # An id of nothing but noughts, as of the comment that answers none.


@dataclass(frozen=True, slots=True)
class Site:
    """What stands before the posts: the blog, and the names behind the ids of authors and categories."""

    blog: RawBlog
    authors: Mapping[str, str]
    categories: Mapping[str, str]


def sniff(source: Source) -> bool:
    """Whether the root is a blog that says it is BlogML, or has its attributes."""
    head = source.head.replace(b"\0", b"")
    return root_name(head) in ROOTS and (b"blogml" in head.lower() or b"root-url" in head)


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """Every post in order, each followed by its comments and trackbacks."""
    site = Site(RawBlog(), {}, {})
    for found in records(source, "post", ROOTS, NAMESPACES):
        match found:
            case Header():
                site = _site(found.root)
            case Record():
                yield from _records(found, site)
            case Skipped():
                yield found
            case _:
                assert_never(found)


def _site(root: Element) -> Site:
    names = {
        name: {own.get("id", ""): _name(own) for own in child.iterchildren("*")}
        for name, child in NAMES.children(root)
        if name in {"authors", "categories"}
    }
    address = root.get("root-url", "").strip()
    blog = RawBlog(unescape(_name(root)), address if is_absolute(address) else "")
    return Site(blog, names.get("authors", {}), names.get("categories", {}))


def _records(record: Record, site: Site) -> Iterator[RawPost | RawComment | Skipped]:
    try:
        post = _post(record, site)
        yield post
        for number, child in enumerate(_below(record.element, "comments"), start=1):
            yield _comment(f"{record.where}, comment {number}", child, post)
        for number, child in enumerate(_below(record.element, "trackbacks"), start=1):
            yield RawComment(
                where=f"{record.where}, trackback {number}",
                blog=site.blog,
                own_id=child.get("id", ""),
                body=_text(child, "title"),
                left_out="trackback",
            )
    except binascii.Error:
        yield Skipped(record.where, "one of its texts says that it is in base64, and is not")


def _post(record: Record, site: Site) -> RawPost:
    post = record.element
    name, body = _text(post, "post-name"), _text(post, "content")
    url = post.get("post-url", "").strip()
    address = absolute(site.blog.link, url) if url else ""
    tags = [
        *_named(post, "categories", site.categories),
        *(own.get("ref", "") for own in _below(post, "tags")),
    ]
    return RawPost(
        where=record.where,
        blog=site.blog,
        own_id=post.get("id", ""),
        slug=_slug(name if _SLUG.fullmatch(name) else url),
        title=_text(post, "title"),
        title_markup=Markup.HTML,
        body=body,
        body_markup=Markup.HTML if _TAG.search(body) else Markup.LINES,
        summary=_text(post, "excerpt"),
        summary_markup=Markup.HTML,
        authors=tuple(filter(None, _named(post, "authors", site.authors))),
        tags=tuple(dict.fromkeys(unescape(tag) for tag in tags if tag)),
        published=_dates(post, "date-created"),
        updated=_dates(post, "date-modified"),
        link=address if is_absolute(address) else "",
        kind="page" if post.get("type", "").lower() == "article" else "post",
        left_out="draft" if _says(post, "approved", "false") or _says(post, "is-published", "false") else "",
    )


def _comment(where: str, comment: Element, post: RawPost) -> RawComment:
    own_id, parent = comment.get("id", ""), comment.get("parentid", "")
    waits = "pending" if _says(comment, "approved", "false") else ""
    return RawComment(
        where=where,
        blog=post.blog,
        own_id=own_id,
        parent_own_id="" if _NOBODY.fullmatch(parent) else parent,
        author=unescape(comment.get("user-name", "")),
        body=_text(comment, "content"),
        body_markup=Markup.LINES,
        published=_dates(comment, "date-created"),
        left_out=waits or (POST_LEFT_OUT if post.left_out else ""),
    )


def _slug(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2].partition("?")[0].removesuffix(".aspx")


def _name(parent: Element) -> str:
    """The title of the blog, an author or a category; none where it cannot be read."""
    try:
        return _text(parent, "title")
    except binascii.Error:
        return ""


def _text(parent: Element, name: str) -> str:
    """What the parent's child of that name says; raises `binascii.Error` where its base64 is broken."""
    child = next((child for called, child in NAMES.children(parent) if called == name), None)
    if child is None:
        return ""
    if child.get("type", "").lower() != "base64":
        return markup_of(child)
    packed = text_of(child).encode("ascii", "replace")
    return base64.b64decode(packed).decode("utf-8", "replace").strip()


def _below(parent: Element, name: str) -> Iterator[Element]:
    """The children of the parent's child of that name."""
    for called, child in NAMES.children(parent):
        if called == name:
            yield from child.iterchildren("*")


def _named(post: Element, name: str, names: Mapping[str, str]) -> Iterator[str]:
    """The names of what the post refers to; BlogEngine refers to authors by name."""
    references = (own.get("ref", "") for own in _below(post, name))
    known = name == "authors"
    return (names.get(reference) or (reference if known else "") for reference in references)


def _dates(element: Element, name: str) -> tuple[str, ...]:
    date = element.get(name, "").strip()
    return (date,) if date and not date.startswith("0001-") else ()


def _says(element: Element, name: str, value: str) -> bool:
    return element.get(name, "").strip().lower() == value


FORMAT = Format(
    name="blogml",
    title="BlogML",
    sniff=sniff,
    read=read,
    known_by="XML with the root element blog, of blogml.com",
)
