"""Where a saved page lay on the web: what it says itself, what saved it, or the folders of a mirror say.

Mirrors hold the same page at several addresses (for phones, for printing, once for each comment that can be
answered): such an address is cut back to the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from indexer.formats.pages import templates
from indexer.formats.reading.links import absolute, is_absolute
from indexer.source import Source

_TOP = 4_000  # characters of a page, in which browsers and mirroring software say where they saved it from
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S{1,2000}) -->")
_MIRRORED_FROM = re.compile(r"<!-- Mirrored from (\S{1,2000}) by HTTrack")
_HOST = re.compile(
    r"(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}"
    r"(?:com|org|net|edu|gov|info|biz|name|blog|dev|app|site|online|xyz|example|test|[a-z]{2})(?::\d{1,5})?",
    re.IGNORECASE,
)
_MADE_UP = re.compile(r"\.(?:html?|orig|1)$", re.IGNORECASE)  # put behind a query by wget
_FILE_WITH_QUERY = re.compile(
    r"(?P<path>[^?]*?)(?:\?|(?<=[a-z])@|%3F)(?P<query>[\w%-]{1,60}=[^/]*)$", re.IGNORECASE
)
_ORIGINAL = re.compile(r"\.orig$")
_INDEX_FILE = re.compile(r"(?<=/)index\.(?:html?|php|asp)$", re.IGNORECASE)
_VARIANT_PATH = re.compile(r"(?<=/)(?:amp|print|comment-page-\d+|feed|embed|\d{1,2}/print)/?$", re.IGNORECASE)
_VARIANT_QUERY = frozenset(
    {
        *("replytocom", "unapproved", "moderation-hash", "showcomment", "commentpage", "like_comment"),
        *("amp", "noamp", "outputtype", "output", "print", "view", "share", "nb", "spref", "doing_wp_cron"),
    }
)


def page_address(tree: LexborHTMLParser, text: str, source: Source, stated: Iterable[str] = ()) -> str:
    """The page's own address; empty where nothing tells. `stated` is what its structured data says."""
    fetched = source.address or mirrored(source.name)
    said = [absolute(fetched, link) for link in _links(tree)]
    found = [*said, *_saved_from(text), *stated, fetched]
    whole = [own_address(link) for link in found if is_absolute(link)]
    # Some templates give the blog's own address on each of its pages.
    return next(filter(_leads_below, whole), next(iter(whole), ""))


def own_address(link: str) -> str:
    """The address without what only asks for another form of the page; as it is where it is none."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return link.strip()
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _VARIANT_QUERY and (name, value) not in (("m", "1"), ("m", "0"))
    ]
    path = _VARIANT_PATH.sub("", _INDEX_FILE.sub("", parts.path))
    kept = parts.query if len(query) == parts.query.count("&") + 1 else urlencode(query)
    return urlunsplit((parts.scheme, parts.netloc, path, kept if query else "", ""))


def mirrored(name: str) -> str:
    """The address that a mirror's folders and file names stand for, one folder being called as a host is."""
    folders = name.split("/")
    place = next((at for at, folder in enumerate(folders[:-1]) if _HOST.fullmatch(folder)), None)
    if place is None:
        return ""
    path = "/".join(folders[place + 1 :])
    query = ""
    if found := _FILE_WITH_QUERY.fullmatch(_ORIGINAL.sub("", path)):
        path, query = found["path"], _MADE_UP.sub("", found["query"])
    path = _INDEX_FILE.sub("", "/" + _ORIGINAL.sub("", path))
    return urlunsplit(("http", folders[place], quote(path, safe="/%~:+,;=!()'*@&$"), query, ""))


def _links(tree: LexborHTMLParser) -> Iterator[str]:
    for selector in templates.FIELDS["link"]:
        node = tree.css_first(selector)
        if node is not None:
            yield (node.attributes.get("href") or node.attributes.get("content") or "").strip()


def _saved_from(text: str) -> Iterator[str]:
    """What browsers and HTTrack write into a page that they save."""
    for pattern in (_SAVED_FROM, _MIRRORED_FROM):
        if found := pattern.search(text[:_TOP]) or pattern.search(text[-_TOP:]):
            yield found[1] if "://" in found[1] else f"http://{found[1]}"


def _leads_below(link: str) -> bool:
    """Whether it is of more than the blog as a whole."""
    parts = urlsplit(link)
    return parts.path not in ("", "/") or bool(parts.query)
