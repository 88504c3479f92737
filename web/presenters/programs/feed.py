"""A search as an Atom feed (RFC 4287), with how much was found in all (OpenSearch 1.1)."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote

from markupsafe import Markup

from search.model import Period, Post
from search.results import Hit, SearchPage
from web import links, params
from web.presenters import markup, paging, words
from web.presenters.naming import title
from web.settings import Settings

MEDIA_TYPE = "application/atom+xml"

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""What stands for the time of an undated post: Atom demands one, and now would be untrue."""

# Of what RFC 3987 lets stand in no address, these do stand in those that people wrote.
_NOT_IN_ADDRESSES = re.compile('[\x00-\x20"<>\\\\^`{|}\x7f]')
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class EntryView:
    """A post in a feed; times are RFC 3339, `summary` is HTML, `original` may be empty."""

    id: str
    title: str
    url: str
    original: str
    published: str
    updated: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    language: str
    summary: Markup


@dataclass(frozen=True, slots=True)
class FeedView:
    """A page of a feed.

    `first`, `previous` and `next` are its other pages, the latter two empty at the ends. `total` posts were
    found; those shown are counted from `start`, and a page has `size` at most.
    """

    id: str
    title: str
    site: str
    updated: str
    self_url: str
    page_url: str
    description_url: str
    first: str
    previous: str
    next: str
    total: int
    start: int
    size: int
    entries: tuple[EntryView, ...]


def feed_view(page: SearchPage, settings: Settings) -> FeedView:
    """The feed of a search's answer."""
    shown = replace(page.request, facets=params.DEFAULT.facets)
    pages = paging.pager(replace(page, request=shown), "/search.atom")
    dates = (hit.post.updated or hit.post.date for hit in page.hits)
    return FeedView(
        id=lasting_id(f"search?{params.write(replace(shown, page=1))}"),
        title=words.search(shown, page.match),
        site=settings.title,
        updated=_time(max((date for date in dates if date), key=lambda date: date.start, default=None)),
        self_url=settings.absolute(links.search(shown, "/search.atom")),
        page_url=settings.absolute(links.search(shown)),
        description_url=settings.absolute("/opensearch.xml"),
        first=settings.absolute(links.search(replace(shown, page=1), "/search.atom")),
        previous=settings.absolute(pages.previous) if pages.previous else "",
        next=settings.absolute(pages.next) if pages.next else "",
        total=page.total,
        start=shown.offset + 1,
        size=shown.size,
        entries=tuple(_entry(hit, settings) for hit in page.hits),
    )


def lasting_id(name: str) -> str:
    """An id for a feed that stays the same wherever the site moves."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"blogsearch:{name}").urn


def only_xml(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def _entry(hit: Hit, settings: Settings) -> EntryView:
    post = hit.post
    return EntryView(
        id=lasting_id(f"post/{post.id}"),
        title=title(post),
        url=settings.absolute(links.post(post)),
        original=_NOT_IN_ADDRESSES.sub(lambda found: quote(found[0]), links.outside(post.link)),
        published=_time(post.date) if post.date else "",
        updated=_time(post.updated or post.date),
        authors=_said(post.authors) or _said((post.blog.name, settings.title))[:1],
        tags=_said(post.tags),
        language=post.language,
        summary=_summary(post, hit),
    )


def _said(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Those that say something: names that are none would make a feed invalid."""
    return tuple(text for text in texts if only_xml(text).strip())


def _summary(post: Post, hit: Hit) -> Markup:
    if post.summary:
        return Markup("{}").format(post.summary)
    return Markup(" ").join(markup.snippet(passage) for passage in hit.snippets)


def _time(period: Period | None) -> str:
    # strftime() writes the year 987 in three digits.
    return (period.start if period else NEVER).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
