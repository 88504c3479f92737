"""A blog's address, where its export does not say it: the posts of a blog link to one another.

Takeout gives each post's path (`/2020/01/the-ferry.html`) and nowhere the site. A link in a post whose
path is one of these leads to the blog itself, so its host is the blog's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from indexer.source import Source

_CHUNK = 1 << 20
_OVERLAP = 1 << 10  # bytes, longer than any match: what begins in it is looked at with the next chunk
_MOST = 200_000  # different links, and paths, that are remembered

_PATH = re.compile(rb"<blogger:filename>\s{0,20}(/\d{4}/\d\d/[\w.~%-]{1,300})\s{0,20}<", re.ASCII)
_LINK = re.compile(rb"(https?)://([A-Za-z0-9.-]{1,100})(/\d{4}/\d\d/[\w.~%-]{1,300})", re.ASCII)
_ANY_BLOGS_PATH = re.compile(rb"/blog-post(?:_\d+)?\.html$")  # what Blogger calls a title it cannot spell
_BLOGSPOT = re.compile(r"\.blogspot\.[a-z.]{2,6}$")  # one blog under the domains of many countries


def own_address(source: Source) -> str:
    """The address that most links to the blog's own pages have; empty where no post links to another."""
    paths: set[bytes] = set()
    links: set[tuple[bytes, bytes, bytes]] = set()
    for text, end in _windows(source):
        if len(paths) < _MOST:
            paths.update(found[1] for found in _PATH.finditer(text) if found.start() < end)
        if len(links) < _MOST:
            found_links = (found for found in _LINK.finditer(text) if found.start() < end)
            links.update((found[1], found[2], found[3]) for found in found_links)
    own = [
        (scheme.decode(), _host(host.decode()))
        for scheme, host, path in links
        if path in paths and not _ANY_BLOGS_PATH.search(path)
    ]
    if not own:
        return ""
    (host, _), *_ = Counter(sorted(host for _, host in own)).most_common(1)
    is_secure = ("https", host) in own or _BLOGSPOT.search(host)
    return f"{'https' if is_secure else 'http'}://{host}/"


def _windows(source: Source) -> Iterator[tuple[bytes, int]]:
    """The source in pieces, each with where its last part begins that the next piece holds again."""
    rest = b""
    with source.open() as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            end = max(len(text) - _OVERLAP, 0)
            yield text, end
            rest = text[end:]
    yield rest, len(rest)


def _host(host: str) -> str:
    return _BLOGSPOT.sub(".blogspot.com", host.lower())
