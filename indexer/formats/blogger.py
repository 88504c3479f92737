"""Blogger's own export, as it was until 2024: one Atom feed of everything the blog had.

Settings and the template come first, then posts and pages, then all comments. What an entry is
stands in its category of the kind scheme; which post a comment is on, in `thr:in-reply-to`; and which
comment it answers, at the end of its related link.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from indexer.formats.atom import KIND_SCHEME, NAMESPACES, ROOTS, Entry, blog_of
from indexer.formats.format import Format
from indexer.formats.reading.prolog import root_name
from indexer.formats.reading.xml import Header, Record, records
from indexer.record import RawBlog, RawComment, RawPost, Skipped
from indexer.source import Source

KIND_PREFIX = "http://schemas.google.com/blogger/2008/kind#"


def sniff(source: Source) -> bool:
    """Whether an Atom feed has entries of Blogger's kinds."""
    head = source.head.replace(b"\0", b"")
    return root_name(head) in ROOTS and KIND_PREFIX.encode() in head


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """Every post, page and comment in order; settings and templates are the blog's, not its readers'."""
    blog = RawBlog()
    for found in records(source, "entry", ROOTS, NAMESPACES):
        match found:
            case Header():
                blog = blog_of(found.root)
            case Record():
                yield from _entry(found.where, Entry.of(found.element), blog)
            case Skipped():
                yield found
            case _:
                assert_never(found)


def _entry(where: str, entry: Entry, blog: RawBlog) -> Iterator[RawPost | RawComment]:
    match kind := _kind(entry):
        case "post" | "page":
            yield _post(where, entry, blog, kind)
        case "comment":
            yield _comment(where, entry, blog)


def _kind(entry: Entry) -> str:
    terms = (child.get("term", "") for child in entry.all("category") if child.get("scheme") == KIND_SCHEME)
    return next(terms, "").removeprefix(KIND_PREFIX)


def _post(where: str, entry: Entry, blog: RawBlog, kind: str) -> RawPost:
    return RawPost(
        where=where,
        blog=blog,
        own_id=entry.text("id"),
        title=entry.text("title"),
        title_markup=entry.title_markup,
        body=entry.body,
        body_markup=entry.body_markup,
        authors=entry.authors,
        tags=entry.labels,
        published=entry.dates("published"),
        updated=entry.dates("updated"),
        link=entry.link("alternate"),
        kind=kind,
        left_out="draft" if _is_draft(entry) else "",
    )


def _comment(where: str, entry: Entry, blog: RawBlog) -> RawComment:
    own_id = entry.text("id")
    return RawComment(
        where=where,
        blog=blog,
        own_id=own_id,
        post_own_id=entry.attribute("thr:in-reply-to", "ref"),
        parent_own_id=_parent(own_id, entry.link("related")),
        author=next(iter(entry.authors), ""),
        body=entry.body,
        body_markup=entry.body_markup,
        published=entry.dates("published"),
        link=entry.link("alternate"),
        left_out="draft" if _is_draft(entry) else "removed" if _is_removed(entry) else "",
    )


def _parent(own_id: str, related: str) -> str:
    """The id of the comment answered: comments' ids differ only in the number that ends the related link."""
    family, post, _ = own_id.rpartition(".post-")
    number = related.rstrip("/").rpartition("/")[2]
    return f"{family}{post}{number}" if number.isdecimal() else ""


def _is_draft(entry: Entry) -> bool:
    return any(Entry.of(control).text("app:draft") == "yes" for control in entry.all("app:control"))


def _is_removed(entry: Entry) -> bool:
    """Whether the comment was deleted, and only says so where it was."""
    properties = entry.all("gd:extendedProperty")
    return any(
        one.get("name") == "blogger.contentRemoved" and one.get("value") == "true" for one in properties
    )


FORMAT = Format(
    name="blogger",
    title="Blogger export (to 2024)",
    sniff=sniff,
    read=read,
    known_by="an Atom feed whose entries have kinds of schemas.google.com/blogger/2008",
)
