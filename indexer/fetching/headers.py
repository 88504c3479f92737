"""What we tell servers, and what they tell us beside the answer itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import version

import httpx

from indexer.fetching.body import ACCEPTED_CODINGS
from indexer.fetching.fetched import Conditions
from indexer.relations import OLDER, WORDPRESS_INTERFACE

MOST_PATIENCE = 7 * 86_400.0
"""The longest that a server's wish to be left alone is believed, in seconds: a slip is not for ever."""

_FEEDS_FIRST = (
    "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, text/html;q=0.8, */*;q=0.5"
)
_LONGEST_CONDITION = 1000
_LINK = re.compile(r'<([^<>]{1,2000})>((?:[^<>,"]|"[^"<>]{0,200}"){1,200})')
_REL = re.compile(r""";\s*rel\s*=\s*(?:"([^"]*)"|([^\s;"]+))""", re.IGNORECASE)
_RELATIONS = frozenset({WORDPRESS_INTERFACE, *OLDER})
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:+-]{1,40})""", re.IGNORECASE | re.ASCII)


@cache
def user_agent() -> str:
    """Who is asking, for the people who read the logs of servers."""
    return f"blogsearch/{version('blogsearch')} (searches an archive of blogs; reads feeds and their posts)"


def request_headers(conditions: Conditions) -> dict[str, str]:
    """The headers of a request, but for the host's."""
    headers = {
        "User-Agent": user_agent(),
        "Accept": _FEEDS_FIRST,
        "Accept-Encoding": ACCEPTED_CODINGS,
        "If-None-Match": conditions.etag,
        "If-Modified-Since": conditions.last_modified,
    }
    return {name: value for name, value in headers.items() if value}


def conditions_of(headers: httpx.Headers) -> Conditions:
    """What to ask with the next time; empty where it could not be sent back as it is."""
    return Conditions(_plain(headers.get("ETag", "")), _plain(headers.get("Last-Modified", "")))


def content_type(headers: httpx.Headers) -> str:
    """The media type, as `text/html`, without parameters."""
    return str(headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def charset(headers: httpx.Headers) -> str:
    """The encoding that the server claims, as `utf-8`; empty where it claims none."""
    found = _CHARSET.search(str(headers.get("Content-Type", "")))
    return found[1].lower() if found else ""


def links(headers: httpx.Headers, base: httpx.URL) -> Mapping[str, str]:
    """Where the answer says that more is to be had: whole addresses by their relation, the first of each.

    Only relations that lead to older posts are looked at.
    """
    found: dict[str, str] = {}
    for relation, target in _links(str(headers.get("Link", ""))):
        if relation in _RELATIONS and relation not in found:
            try:
                found[relation] = str(base.join(target))
            except (httpx.InvalidURL, UnicodeError):
                continue
    return found


def _links(value: str) -> Iterator[tuple[str, str]]:
    for target, parameters in _LINK.findall(value):
        for quoted, plain in _REL.findall(parameters)[:1]:
            for relation in (quoted or plain).lower().split():
                yield relation, target.strip()


def pages(headers: httpx.Headers) -> int:
    """How many pages WordPress says that a list has; 0 where it does not say."""
    value = str(headers.get("X-WP-TotalPages", ""))
    return int(value) if re.fullmatch(r"[0-9]{1,7}", value) else 0


def retry_after(headers: httpx.Headers, now: datetime | None = None) -> float | None:
    """For how many seconds the server wants to be left alone; None where it does not say, or not readably."""
    value = str(headers.get("Retry-After", ""))[:100].strip()
    if re.fullmatch(r"[0-9]{1,12}", value):
        seconds = float(value)
    else:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = (moment - (now or datetime.now(UTC))).total_seconds()
    return min(max(seconds, 0.0), MOST_PATIENCE)


def _plain(value: str) -> str:
    plain = value.isascii() and value.isprintable() and len(value) <= _LONGEST_CONDITION
    return value if plain else ""
