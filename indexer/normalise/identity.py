"""Lasting ids: the same post has the same id at every import, wherever its source lies."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

_SEPARATOR = "\x1f"  # never in cleaned text, so that two fields cannot be read as one
_DEFAULT_PORTS = {"http": 80, "https": 443}
_BLOGGER_ID = re.compile(r"tag:blogger\.com,1999:blog-\d+\.(?:post|page)-\d+")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id")


def post_id(blog: str, own_id: str, link: str, title: str, day: str) -> str:
    """The id of a post: 12 characters hashed of its blog and its own id, else its link, else title and day.

    `blog` is as `blog_identity` gives it, `day` any fixed wording of the date, maybe empty. It does not
    count for Blogger's own ids, which name the blog as well: of Blogger's exports and feeds one gives the
    blog's address, one only its name, and all are of the same posts.
    """
    if _BLOGGER_ID.fullmatch(own_id):
        return _hash("post", own_id)
    if own_id:
        return _hash("post", blog, "id", own_id)
    if link:
        return _hash("post", blog, "link", canonical_link(link))
    return _hash("post", blog, "title", title.casefold(), day)


def comment_id(
    post: str, own_id: str, *, link: str = "", author: str = "", time: str = "", text: str = ""
) -> str:
    """The id of a comment under the post with the id `post`, by the first of these that it has."""
    if own_id:
        return _hash("comment", post, "id", own_id)
    if "#" in link:  # without it, the link is the post's
        return _hash("comment", post, "link", canonical_link(link) + "#" + link.partition("#")[2])
    return _hash("comment", post, "text", author.casefold(), time, text)


def blog_identity(explicit: str, link: str, name: str) -> str:
    """What tells a blog from others: the name a user gave it, else its address, else its own name."""
    return " ".join(explicit.casefold().split()) or canonical_link(link) or " ".join(name.casefold().split())


@lru_cache(1_000)  # a post's link and its blog's are asked for several times
def canonical_link(link: str) -> str:
    """A link without what does not change where it leads: scheme, `www.`, port, fragment, tracking."""
    link = link.strip()
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").removeprefix("www.")
        port = parts.port
    except ValueError:
        return link
    if port and port != _DEFAULT_PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    query = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])
    ]
    return host + parts.path.rstrip("/") + ("?" + urlencode(query) if query else "")


def _hash(*fields: str) -> str:
    digest = hashlib.sha256(_SEPARATOR.join(fields).encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest[:8])[:12].decode("ascii").lower()
