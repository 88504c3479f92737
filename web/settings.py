"""What an installation of the web decides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from search.engine import SECONDS


@dataclass(frozen=True, slots=True)
class Settings:
    """Which archive is shown, and where it is reached from outside.

    `base_url` (`https://search.example.org`) begins links that leave the site, such as those in a
    feed. Where it is empty links stay relative: they never come from a request's Host header. A search
    takes `deadline` seconds at most.
    Raises `ValueError` for a base URL that is not the root of an http or https site.
    """

    data: Path
    base_url: str = ""
    title: str = "Blog archive"
    deadline: float = SECONDS

    def __post_init__(self) -> None:
        if not self.base_url:
            return
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{self.base_url!r} is not an address such as https://search.example.org")
        if parts.path not in ("", "/") or parts.query or parts.fragment:
            raise ValueError(f"{self.base_url!r} has a path; the search is served at the root of a site")

    def absolute(self, path: str) -> str:
        """The link to a path of this site, for those who read it elsewhere."""
        return self.base_url.rstrip("/") + path
