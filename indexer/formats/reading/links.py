"""Links as exports hold them: whole, relative, or not addresses at all."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def absolute(base: str, link: str) -> str:
    """The link as seen from the page `base`; as it is where either is no address."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link


def is_absolute(link: str) -> bool:
    """Whether the link says which site it leads to."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc)


def site_in(link: str) -> str:
    """The beginning of an address, up to its path: `https://harbour.example`; empty where it has none."""
    return f"{link.partition('://')[0]}://{urlsplit(link).netloc}" if is_absolute(link) else ""
