"""The feeds of a site, and its REST interface, found from one of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.formats.reading.text import read_text
from indexer.live.addresses import host_of, joined
from indexer.normalise.bodies.nesting import shallow
from indexer.relations import WORDPRESS_INTERFACE
from indexer.source import Source
from search.errors import SourceRefused

_LARGEST = 10_000_000  # bytes
_MOST = 10
"""How many feeds that a page links to are considered."""

_TYPES = frozenset(
    ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"]
)
_VAGUE_TYPES = frozenset(["application/json", "application/xml", "text/xml"])
"""Types of feeds and of much else, as the REST interface that pages of WordPress name."""

_FEED_NAME = re.compile(
    r"/(?:feeds?|rss\d?|atom)/?$|(?:^|/)(?:feed|rss\d?|atom|index)\.(?:xml|rss|rdf|json)$|\.(?:rss|atom)$"
    r"|/feeds/posts/default$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"\bcomments?\b|\bkommentar|\bcommentaires?\b|\bcomentarios\b", re.IGNORECASE)
_COMMENTS_PATH = re.compile(r"/comments?(?:/|$)|/comments/feed|comments?\.(?:xml|rss|atom)", re.IGNORECASE)

WELL_KNOWN = (
    "feed",
    "rss",
    "atom.xml",
    "feeds/posts/default",
    "index.xml",
    "feed.json",
    "feed.xml",
    "rss.xml",
)
"""Where the common blogging systems have their feed, below the address of the blog."""


def linked_feeds(page: Source) -> tuple[str, ...]:
    """The addresses that may be the feed of the site a page is of, the likeliest first.

    The feeds that its head names come before links to what looks like one, and feeds of posts before those
    of comments.
    """
    tree = _tree(page)
    if tree is None:
        return ()
    base = _base(tree, page.address)
    named = [found for link in tree.css("link[rel]") if (found := _named(link, base))]
    linked = sorted(_linked(tree, base), key=lambda found: host_of(found[0]) != host_of(base))
    ranked = sorted((*named, *linked), key=lambda found: found[1])
    return tuple(dict.fromkeys(address for address, _ in ranked))[:_MOST]


def linked_interface(page: Source) -> str:
    """The address of WordPress' REST interface that a page names; empty where it names none."""
    tree = _tree(page)
    link = tree.css_first(f'link[rel="{WORDPRESS_INTERFACE}"][href]') if tree else None
    return joined(page.address, _attribute(link, "href")) if link is not None else ""


def well_known_feeds(page: str) -> tuple[str, ...]:
    """The addresses where feeds usually are, beside the page and at the root of its site."""
    parts = urlsplit(page)
    folder = parts.path if parts.path.endswith("/") else parts.path + "/"
    if "." in parts.path.rpartition("/")[2]:
        folder = parts.path.rpartition("/")[0] + "/"
    folders = dict.fromkeys((folder, "/"))
    return tuple(urljoin(page, folder + name) for folder in folders for name in WELL_KNOWN)


def _tree(page: Source) -> LexborHTMLParser | None:
    """The page's elements; None for what is too large to be a page, or no text."""
    try:
        return LexborHTMLParser(shallow(read_text(page, _LARGEST, page.charset)))
    except SourceRefused:
        return None


def _base(tree: LexborHTMLParser, address: str) -> str:
    base = tree.css_first("base[href]")
    return (joined(address, _attribute(base, "href")) if base is not None else "") or address


def _named(link: LexborNode, base: str) -> tuple[str, bool] | None:
    """The feed that a link element names, and whether it is one of comments."""
    kinds = _attribute(link, "rel").lower().split()
    kind = _attribute(link, "type").lower().partition(";")[0].strip()
    address = joined(base, _attribute(link, "href"))
    looks_so = _FEED_NAME.search(urlsplit(address).path) is not None
    if "alternate" not in kinds and "feed" not in kinds:
        return None
    if not address or not (kind in _TYPES or (kind in _VAGUE_TYPES and looks_so) or "feed" in kinds):
        return None
    return address, _is_of_comments(_attribute(link, "title"), address)


def _linked(tree: LexborHTMLParser, base: str) -> Iterator[tuple[str, bool]]:
    for link in tree.css("a[href]"):
        address = joined(base, _attribute(link, "href"))
        if address and _FEED_NAME.search(urlsplit(address).path):
            yield address, _is_of_comments(link.text()[:200], address)


def _is_of_comments(title: str, address: str) -> bool:
    return bool(_COMMENTS.search(title) or _COMMENTS_PATH.search(urlsplit(address).path))


def _attribute(node: LexborNode, name: str) -> str:
    return (node.attributes.get(name) or "").strip()
