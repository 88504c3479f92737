"""Disqus' export of a site's comments (https://docs.disqus.com/developers/export/).

    disqus > category*, thread*, post*
    thread > id, link, title, createdAt, isDeleted
    post > message, createdAt, isDeleted, isSpam, author > name, isAnonymous; thread[dsq:id], parent[dsq:id]

A thread is what was said on one page, a post is one comment. The page is in another source, and is found by
the thread's link. Threads need not come first, so the file is read twice: for them, and for the comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import assert_never

from indexer.formats.format import Format
from indexer.formats.reading.links import is_absolute
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
from indexer.record import ORPHAN, RawComment, Skipped
from indexer.source import Source

ROOTS = ("disqus",)
NAMESPACES: Namespaces = {
    None: "http://disqus.com",
    "dsq": "http://disqus.com/disqus-internals",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
NAMES = Names(
    (
        (r"https?://(?:www\.)?disqus\.com/?", ""),
        (r"https?://(?:www\.)?disqus\.com/disqus-internals/?", "dsq:"),
    )
)


def sniff(source: Source) -> bool:
    """Whether the root element is Disqus'."""
    return root_name(source.head) in ROOTS


@dataclass(frozen=True, slots=True)
class Thread:
    """What was said on one page: the address of the page, and why it is left out."""

    link: str
    left_out: str


def read(source: Source) -> Iterator[RawComment | Skipped]:
    """Every comment in order."""
    threads = dict(_threads(source))
    for found in records(source, "post", ROOTS, NAMESPACES, besides=("thread",)):
        match found:
            case Header():
                pass
            case Record():
                if NAMES[found.element.tag] == "post":
                    yield _comment(found.where, found.element, threads)
            case Skipped():
                yield found
            case _:
                assert_never(found)


def _threads(source: Source) -> Iterator[tuple[str, Thread]]:
    """Each thread with its id."""
    unheard = Source(source.name, source.opener, source.size)  # What is wrong is told of with the comments.
    for found in records(unheard, "thread", ROOTS, NAMESPACES, besides=("post",)):
        if isinstance(found, Record) and NAMES[found.element.tag] == "thread":
            texts = {name: text_of(child) for name, child in NAMES.children(found.element)}
            names = (texts.get("link", ""), texts.get("id", ""))
            link = next(filter(is_absolute, names), names[0])
            left_out = "removed" if texts.get("isDeleted") == "true" else ""
            yield _own_id(found.element), Thread(link, left_out)


def _own_id(element: Element | None) -> str:
    """The `dsq:id`, whatever the file calls its namespace."""
    if element is None:
        return ""
    ids = (str(value) for name, value in element.items() if NAMES[str(name)] == "dsq:id")
    return next(ids, "").strip()


def _comment(where: str, element: Element, threads: Mapping[str, Thread]) -> RawComment:
    children = dict(NAMES.children(element))
    own_id = _own_id(element)
    thread = threads.get(_own_id(children.get("thread")), Thread("", ""))
    message = children.get("message")
    return RawComment(
        where=where,
        own_id=own_id,
        post_link=thread.link,
        parent_own_id=_own_id(children.get("parent")),
        author=_author(children.get("author")),
        body=markup_of(message) if message is not None else "",
        published=tuple(filter(None, [_text(children, "createdAt")])),
        link=f"{thread.link}#comment-{own_id}" if thread.link and own_id else "",
        left_out=_why_left_out(children) or thread.left_out or ("" if thread.link else ORPHAN),
    )


def _why_left_out(children: Mapping[str, Element]) -> str:
    if _text(children, "isSpam") == "true":
        return "spam"
    if _text(children, "isDeleted") == "true":
        return "removed"
    return "pending" if _text(children, "isApproved") == "false" else ""


def _author(element: Element | None) -> str:
    """The name that is shown, else the user's; never the address."""
    texts = {name: text_of(child) for name, child in NAMES.children(element)} if element is not None else {}
    return unescape(texts.get("name") or texts.get("username", ""))


def _text(children: Mapping[str, Element], name: str) -> str:
    return text_of(children[name]) if name in children else ""


FORMAT = Format(
    name="disqus",
    title="Disqus comments",
    sniff=sniff,
    read=read,
    known_by="XML with the root element disqus",
)
