"""Blogger in Google Takeout (2024 on): `feed.atom`, with what each entry is in Blogger's own elements.

    entry > blogger:type, blogger:status, blogger:filename, blogger:parent, blogger:inReplyTo

`blogger:filename` is the path of the page; with the blog's address it is the post's link. The address is
nowhere in the feed, so it is found by the links between the posts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import assert_never

from indexer.formats.atom import NAMESPACES, ROOTS, Entry, blog_of
from indexer.formats.format import Format
from indexer.formats.reading.links import absolute
from indexer.formats.reading.own_address import own_address
from indexer.formats.reading.prolog import root_name
from indexer.formats.reading.xml import Header, Record, records
from indexer.record import Hint, RawBlog, RawComment, RawPost, Skipped
from indexer.source import Source

STATUSES = {
    "": "",
    "LIVE": "",
    "DRAFT": "draft",
    "SCHEDULED": "scheduled",
    "SOFT_TRASHED": "trashed",
    "TRASHED": "trashed",
    "SPAM_COMMENT": "spam",
    "PENDING_COMMENT": "pending",
    "GHOSTED_COMMENT": "hidden",
}
"""Why an entry with a status is left out; one that is not listed is left out under its own name."""

_NO_ADDRESS = "it does not say the blog's address, and no post links to another: its posts have no links"


def sniff(source: Source) -> bool:
    """Whether an Atom feed has entries with Blogger's types."""
    head = source.head.replace(b"\0", b"")
    return root_name(head) in ROOTS and (
        b"schemas.google.com/blogger/2018" in head or b"<blogger:type>" in head
    )


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """Every post, page and comment in order."""
    blog = RawBlog()
    for found in records(source, "entry", ROOTS, NAMESPACES):
        match found:
            case Header():
                blog = _blog(source, found)
            case Record():
                record = _entry(found.where, Entry.of(found.element), blog)
                if isinstance(record, RawPost) and not (record.link or record.left_out):
                    source.warn(_NO_ADDRESS)
                yield record
            case Skipped():
                yield found
            case _:
                assert_never(found)


def _blog(source: Source, header: Header) -> RawBlog:
    blog = blog_of(header.root)
    return blog if blog.link else replace(blog, link=own_address(source))


def _entry(where: str, entry: Entry, blog: RawBlog) -> RawPost | RawComment | Skipped:
    match kind := entry.text("blogger:type"):
        case "POST" | "PAGE":
            return _post(where, entry, blog, kind.lower())
        case "COMMENT":
            return _comment(where, entry, blog)
        case _:
            return Skipped(where, f"it is neither a post, a page nor a comment but {kind[:40]!r}")


def _left_out(entry: Entry) -> str:
    status = entry.text("blogger:status")
    reason = STATUSES.get(status, status.lower()[:40])
    return reason or ("trashed" if entry.text("blogger:trashed") else "")


def _post(where: str, entry: Entry, blog: RawBlog, kind: str) -> RawPost:
    path = entry.text("blogger:filename")
    return RawPost(
        where=where,
        blog=blog,
        own_id=entry.text("id"),
        title=unescape(entry.text("title")),  # some have been escaped twice
        title_markup=entry.title_markup,
        body=entry.body,
        body_markup=entry.body_markup,
        summary=entry.text("blogger:metaDescription"),
        authors=entry.authors,
        tags=entry.labels,
        published=entry.dates("published"),
        published_hints=tuple(
            Hint(day, "when it was created", 0.8) for day in entry.dates("blogger:created")
        ),
        updated=entry.dates("updated"),
        link=entry.link("alternate") or (absolute(blog.link, path) if blog.link and path else ""),
        kind=kind,
        left_out=_left_out(entry),
    )


def _comment(where: str, entry: Entry, blog: RawBlog) -> RawComment:
    return RawComment(
        where=where,
        blog=blog,
        own_id=entry.text("id"),
        post_own_id=entry.text("blogger:parent"),
        parent_own_id=entry.text("blogger:inReplyTo"),
        author=next(iter(entry.authors), ""),
        body=entry.body,
        body_markup=entry.body_markup,
        published=entry.dates("published", "blogger:created"),
        link=entry.link("alternate"),
        left_out=_left_out(entry),
    )


FORMAT = Format(
    name="takeout",
    title="Blogger in Google Takeout (2024 on)",
    sniff=sniff,
    read=read,
    known_by="an Atom feed (feed.atom) whose entries have a blogger:type",
)
