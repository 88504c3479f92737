"""Web addresses as people and pages write them. What may be fetched is the fetcher's to say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_ADDRESS = re.compile(r"(?:https?|feed):", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?://)|feed(?=:)", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,24})(?::\d{1,5})?(?:/.*)?", re.IGNORECASE
)
_FILE_NAMES = frozenset(
    re.findall(
        r"\w+", "atom bar bz csv gz htm html json md opml rss tar tgz txt warc wacz xml xz yaml yml zip"
    )
)


def is_address(location: str) -> bool:
    """Whether a location is on the web rather than here."""
    return _ADDRESS.match(location) is not None


def address_of(location: str) -> str:
    """The address to fetch: `feed://blog.example/rss` and `feed:https://…` are what browsers say."""
    location = location.strip()
    found = _FEED_SCHEME.match(location)
    if not found:
        return location
    rest = location[found.end() :]
    return f"http{rest}" if rest.startswith(":") else rest


def likely_address(location: str) -> str:
    """The address that somebody meant who wrote `blog.example`; empty for what is rather a file."""
    found = _HOST.fullmatch(location)
    if not found or ("/" not in location and found[1].lower() in _FILE_NAMES):
        return ""
    return f"https://{location}"


def host_of(address: str) -> str:
    """The host, without `www.`: what a site is called that says nothing else; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def joined(base: str, link: str) -> str:
    """The address that a link on the page `base` leads to; empty where that is none of the web."""
    link = link.strip()
    try:
        address = urljoin(base, link).partition("#")[0] if link else ""
    except ValueError:
        return ""
    return address if re.match(r"https?://", address, re.IGNORECASE) else ""


def parameter(address: str, name: str) -> str:
    """What a parameter of the query says; empty where it has none of this name."""
    return dict(parse_qsl(urlsplit(address).query)).get(name, "")


def with_parameters(address: str, values: Mapping[str, str | int]) -> str:
    """The address with these parameters, in the place of any it had under their names."""
    parts = urlsplit(address)
    before = dict(parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit(parts._replace(query=urlencode({**before, **values}), fragment=""))
