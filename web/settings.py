"""What an installation of the web decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from search.deadline import SECONDS

ACCENT = "#1f5f8b"
ANY_ORIGIN = "*"
SLOW = 0.5
ANY_HOST = "*"

_HOST_NAME = re.compile(r"[\w.-]+|\[?[0-9a-fA-F:.]+\]?", re.ASCII)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class InvalidSetting(ValueError):
    """A setting has a value that is none. `name` is the setting's, as in the file of settings."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(problem)
        self.name = name


@dataclass(frozen=True, slots=True)
class Settings:
    """Which archive is shown, how, and where it is reached from outside.

    `base_url` (`https://search.example.org`) begins links that leave the site, such as those in a
    feed. Where it is empty links stay relative: they never come from a request's Host header. `hosts` are
    further names by which the site answers, `ANY_HOST` for all. A search takes `deadline` seconds at most.

    `logo` is a picture's file, None for ours. `accent` is a colour (`#1f5f8b`). `language` (`de`) is that of
    the pages; empty is the reader's. `origins` are the other sites whose pages may ask the archive
    (`https://blog.example`), `ANY_ORIGIN` for all. `rate` is how many requests a minute one client may
    make, 0 for any number. A search of more than `slow` seconds is told in the log, none where that is 0.

    Raises `InvalidSetting` for a value that is none of these.
    """

    data: Path
    base_url: str = ""
    hosts: tuple[str, ...] = ()
    title: str = "Blog archive"
    deadline: float = SECONDS
    logo: Path | None = None
    accent: str = ACCENT
    language: str = ""
    origins: tuple[str, ...] = ()
    rate: int = 0
    slow: float = SLOW

    def __post_init__(self) -> None:
        if self.base_url:
            _check_base_url(self.base_url)
        for host in self.hosts:
            if host != ANY_HOST and not _HOST_NAME.fullmatch(host):
                raise InvalidSetting("hosts", f"{host!r} is not a name such as search.example.org: no port")
        for origin in self.origins:
            if origin != ANY_ORIGIN:
                _check_origin(origin)
        if not _COLOUR.fullmatch(self.accent):
            raise InvalidSetting("accent", f"{self.accent!r} is not a colour such as {ACCENT}")

    def absolute(self, path: str) -> str:
        """The link to a path of this site, for those who read it elsewhere."""
        return self.base_url.rstrip("/") + path


def _check_base_url(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidSetting("base_url", f"{address!r} is not an address such as https://search.example.org")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise InvalidSetting(
            "base_url", f"{address!r} has a path; the search is served at the root of a site"
        )


def _check_origin(origin: str) -> None:
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}":
        raise InvalidSetting(
            "cors", f"{origin!r} is not an origin such as https://blog.example: no path, no last slash"
        )
