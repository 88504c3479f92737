"""Where redirects have led so far, and which of them are for good."""

from __future__ import annotations

import httpx

from indexer.fetching.address import redirected
from search.errors import FetchFailed

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


class Trail:
    """The addresses of one fetch, from the one that was given to the one that is asked now."""

    def __init__(self, first: httpx.URL, most: int) -> None:
        self.url = first
        self.moved_to = ""
        self.warnings: list[str] = []
        self._first = first
        self._most = most
        self._seen = {first}
        self._permanent = True

    @property
    def name(self) -> str:
        """What messages call this fetch."""
        if self.url == self._first:
            return str(self._first)
        return f"{self._first} (redirected to {self.url})"

    def follow(self, status: int, location: str) -> None:
        """Go on to where the server says; raises `FetchFailed`."""
        target = redirected(self.url, location)
        if target in self._seen:
            raise FetchFailed(f"{self.name}: redirects in a circle, back to {target}", status=status)
        if len(self._seen) > self._most:
            raise FetchFailed(f"{self.name}: redirects more than {self._most} times", status=status)
        in_clear = self.url.scheme == "https" and target.scheme == "http"
        if in_clear:
            self.warnings.append(
                f"{self.url} redirects to {target}, which others on the way can read and change"
            )
        self._permanent = self._permanent and status in _PERMANENT and not in_clear
        if self._permanent:
            self.moved_to = str(target)
        self._seen.add(target)
        self.url = target
