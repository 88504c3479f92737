"""What a feed says of where more is to be had: older pages, comments, the site it is of.

Reading the posts of a feed is its format's work. This looks at the few elements around them, by their
marks alone, in one pass over the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from indexer.formats import feed
from indexer.formats.reading.json_list import Json, JsonList, NotJson, load, load_list
from indexer.formats.reading.text import read_text
from indexer.live.addresses import joined
from indexer.relations import OLDER
from indexer.source import Source
from search.errors import SourceRefused

_LARGEST = 50_000_000  # bytes

_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b")
_ID = re.compile(r"<(?:guid|(?:\w+:)?id)\b[^<>]*>(?:<!\[CDATA\[)?([^<\]]+)")
_ITEM_LINK = re.compile(r"<link>(?:<!\[CDATA\[)?([^<\]]+)")
_LINK = re.compile(r"<(?:\w+:)?link\b([^<>]*)>")
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]++)\s*+=\s*+(?:"([^"<>]*)"|'([^'<>]*)')""")
_TITLE = re.compile(r"<title\b[^<>]*>(?:<!\[CDATA\[)?([^<\]]*)")
_GENERATOR = re.compile(r"<(?:\w+:)?generator\b([^<>]*>[^<]*)")
_COMMENT_COUNT = re.compile(r"<(?:slash:comments|thr:total)>\s*(\d{1,7})\s*<")
_COMMENT_FEED = re.compile(r"<wfw:commentRss>(?:<!\[CDATA\[)?\s*(http[^<\]\s]+)", re.IGNORECASE)
_TOTAL = re.compile(r"<openSearch:totalResults>\s*(\d{1,9})\s*<", re.IGNORECASE)
_OF_COMMENT = re.compile(r"[?&](?:showComment|cpage)=\d+|(?<=/)comment-page-\d{1,6}/?$")
"""What the address of a comment has more than that of its post."""


@dataclass(frozen=True, slots=True)
class CommentFeed:
    """Where the `count` comments on one post are; `post` is its place as in `Outlook.places`."""

    address: str
    post: str
    count: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a feed, or a list that a site's interface gave, says around its entries.

    `title` and `site` are its blog's name and address, `software` names what made it. `entries` are the
    ids of what it holds, to tell one page from another, `older` the addresses of older pages, the best
    first. `comments` adds up the numbers of comments that its entries tell, and `comment_feeds` are the
    feeds of the comments of single entries that have any. `places` are the addresses, for comparing only,
    of the posts that its entries are, or are comments on. `total` is how many entries there are on all
    pages, and `pages` how many pages, 0 where nobody says. `interface` is the address of the REST
    interface of WordPress where one is named.
    """

    title: str = ""
    site: str = ""
    software: str = ""
    entries: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    comments: int = 0
    comment_feeds: tuple[CommentFeed, ...] = ()
    places: tuple[str, ...] = field(default=(), repr=False)
    total: int = 0
    pages: int = 0
    interface: str = ""


def look(source: Source) -> Outlook:
    """What the source says; nothing at all where it is no feed, list or text that can be read."""
    try:
        text = read_text(source, _LARGEST, source.charset)
    except SourceRefused:
        return Outlook()
    start = text.lstrip("\ufeff \t\n")[:1]
    try:
        if start == "{":
            return _of_json_feed(load_list(text, "items"), source.address)
        if start == "[":
            return _of_list(load(text))
    except NotJson:
        return Outlook()
    return _of_xml(text, source.address) if feed.sniff(source) else Outlook()


def _of_xml(text: str, address: str) -> Outlook:
    first = _ENTRY.search(text)
    head, entries = (text[: first.start()], text[first.start() :]) if first else (text, "")
    links = list(_links(head))
    title, generator = _TITLE.search(head), _GENERATOR.search(head)
    plain_link = _ITEM_LINK.search(head)
    total = _TOTAL.search(head)
    pieces = _ENTRY.split(entries)[1:]
    return Outlook(
        title=" ".join(unescape(title[1]).split()) if title else "",
        site=joined(address, unescape(plain_link[1]) if plain_link else _alternate(links)),
        software=_software(generator[1]) if generator else "",
        entries=tuple(_ID.findall(entries) or _ITEM_LINK.findall(entries)),
        older=tuple(
            joined(address, link["href"]) for rel in OLDER for link in links if link.get("rel") == rel
        ),
        comments=sum(map(int, _COMMENT_COUNT.findall(entries))),
        comment_feeds=tuple(found for piece in pieces if (found := _comment_feed(piece, address))),
        places=tuple(place for piece in pieces if (place := _place(_link(piece)))),
        total=int(total[1]) if total else 0,
    )


def _alternate(links: Iterable[Mapping[str, str]]) -> str:
    return next((link["href"] for link in links if link.get("rel", "alternate") == "alternate"), "")


def _link(entry: str) -> str:
    """The address of an entry as it stands there; empty where it has none."""
    found = _ITEM_LINK.search(entry)
    return unescape(found[1]).strip() if found else _alternate(_links(entry))


def _place(link: str) -> str:
    """The address of the post that the link leads to, or to a comment on: without what may differ."""
    return _OF_COMMENT.sub("", link.partition("#")[0]).partition("://")[2].rstrip("/")


def _links(text: str) -> Iterator[dict[str, str]]:
    """The attributes of every link element that leads somewhere."""
    for link in _LINK.finditer(text):
        found = {name.lower(): unescape(a or b) for name, a, b in _ATTRIBUTE.findall(link[1])}
        if "href" in found:
            yield found


def _software(generator: str) -> str:
    return next((name for name in ("wordpress", "blogger") if name in generator.lower()), "")


def _comment_feed(entry: str, address: str) -> CommentFeed | None:
    """The feed of the comments on an entry that tells of any."""
    count = _COMMENT_COUNT.search(entry)
    if not count or not int(count[1]):
        return None
    told = _COMMENT_FEED.search(entry)
    replies = (
        link for link in _links(entry) if link.get("rel") == "replies" and "xml" in link.get("type", "")
    )
    found = unescape(told[1]) if told else next((link["href"] for link in replies), "")
    feed = joined(address, found)
    return CommentFeed(feed, _place(_link(entry)), int(count[1])) if feed else None


def _of_json_feed(found: JsonList, address: str) -> Outlook:
    items = [item for item in found.items or [] if isinstance(item, dict)]
    older = found.fields.get("next_url")
    return Outlook(
        title=_text(found.fields.get("title")),
        site=joined(address, _text(found.fields.get("home_page_url"))),
        entries=tuple(_text(item.get("id")) or _text(item.get("url")) for item in items),
        older=(joined(address, older),) if isinstance(older, str) and older else (),
    )


def _of_list(values: Json) -> Outlook:
    """A list of records with ids, as the interface of WordPress gives."""
    records = [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []
    return Outlook(
        software="wordpress",
        entries=tuple(_text(record.get("id")) for record in records),
        places=tuple(place for record in records if (place := _place(_text(record.get("link"))))),
    )


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
