"""What of a stranger's HTML is safe to show: which elements, attributes and addresses. nh3 is the judge."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from contextvars import ContextVar
from functools import cache
from urllib.parse import urljoin, urlsplit

import nh3

from indexer.normalise.bodies.elements import SHOWN, WITHOUT_CONTENT

ANCHOR_PREFIX = "in-post-"
"""Put before every id in a post's HTML, so that none clashes with an anchor of the page around it."""

LINK_REL = "nofollow noopener ugc"
"""What every link of a stranger says to search engines and browsers."""

_ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "time": {"datetime"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "details": {"open"},
}
_ABSOLUTE = re.compile(r"https?://[a-z0-9.-]+/[\w./~-]*", re.ASCII)  # most links, by far
_LINKS = frozenset(["href", "src", "cite"])
_WEB = frozenset(["http", "https"])
_SCHEMES = {"a": _WEB | {"mailto"}}


def clean(html: str, base: str) -> str:
    """What is safe to show of any HTML, the links in it resolved against `base`."""
    before = _base.set(base)
    try:
        return _judge().clean(html)
    finally:
        _base.reset(before)


def clean_again(html: str) -> str:
    """The same for what `clean` gave once: its ids, which are out of the way already, stay as they are."""
    before = _base.set("")
    try:
        return _judge_again().clean(html)
    finally:
        _base.reset(before)


_base: ContextVar[str] = ContextVar("base")


@cache
def _judge() -> nh3.Cleaner:
    """Made once, as that takes longer than to clean a short text."""
    return _judge_with(_filtered)


@cache
def _judge_again() -> nh3.Cleaner:
    return _judge_with(_filtered_again)


def _judge_with(filtered: Callable[[str, str, str], str | None]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=SHOWN,
        clean_content_tags=WITHOUT_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=filtered,
        url_schemes=_SCHEMES["a"],
        link_rel=LINK_REL,
        set_tag_attribute_values={"img": {"loading": "lazy"}},
    )


def absolute_link(link: str, base: str, schemes: Set[str] = _WEB) -> str:
    """The link resolved against `base`; empty where that gives nothing of these schemes."""
    if _ABSOLUTE.fullmatch(link):
        return link
    try:
        link = urljoin(base, link.strip())
        parts = urlsplit(link)
        wanted = parts.scheme in schemes and (parts.netloc or parts.scheme == "mailto")
    except ValueError:
        return ""
    return link if wanted else ""


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    """Resolves links, and keeps ids out of the way of the page around."""
    if attribute == "id":
        return ANCHOR_PREFIX + value
    if attribute not in _LINKS:
        return value
    if value.startswith(("https://", "http://")):
        return value  # the most, by far, and checked by nh3
    if value.startswith("#"):
        return f"#{ANCHOR_PREFIX}{value[1:]}" if tag == "a" else None
    return absolute_link(value, _base.get(), _SCHEMES.get(tag, _WEB)) or None


def _filtered_again(tag: str, attribute: str, value: str) -> str | None:
    """The same, but for ids that were put out of the way before, and links to them."""
    own = value.removeprefix("#") if attribute in _LINKS and tag == "a" else value
    if (attribute == "id" or own != value) and own.startswith(ANCHOR_PREFIX):
        return value
    return _filtered(tag, attribute, value)
