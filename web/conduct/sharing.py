"""Whether pages of other sites may read an answer: cross-origin resource sharing.

https://fetch.spec.whatwg.org/#http-cors-protocol. Nothing here is anybody's own, so credentials are never
allowed.
"""

from __future__ import annotations

from web.settings import ANY_ORIGIN, Settings

READABLE = (
    "ETag, Link, RateLimit, RateLimit-Policy, Results-Capped, Results-Partial, Results-Total, Retry-After, "
    "X-Request-Id"
)
"""The headers that a script of another site may read, besides those it always may."""

METHODS = "GET, HEAD"
SENDABLE = "If-None-Match"
"""The headers that it may send, besides those it always may."""

REMEMBERED = 24 * 60 * 60
"""Seconds that a browser need not ask again whether it may ask; most make less of it."""


class Sharing:
    """With whom the shared answers of a site are shared."""

    def __init__(self, settings: Settings) -> None:
        self._origins = frozenset(settings.origins)

    @property
    def varies(self) -> bool:
        """Whether what is answered depends on who asks."""
        return bool(self._origins) and ANY_ORIGIN not in self._origins

    @property
    def resource_policy(self) -> str:
        """Which sites may have a shared answer in their pages (`Cross-Origin-Resource-Policy`)."""
        return "cross-origin" if self._origins else "same-origin"

    def headers(self, origin: str | None) -> dict[str, str]:
        """What lets this origin read an answer; empty where it may not."""
        allowed = self._allowed(origin)
        if not allowed:
            return {}
        return {"Access-Control-Allow-Origin": allowed, "Access-Control-Expose-Headers": READABLE}

    def preflight(self, origin: str | None, method: str) -> dict[str, str]:
        """What lets this origin ask by this method; empty where it may not."""
        allowed = self._allowed(origin)
        if not allowed or method not in METHODS.split(", "):
            return {}
        return {
            "Access-Control-Allow-Origin": allowed,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": SENDABLE,
            "Access-Control-Max-Age": str(REMEMBERED),
        }

    def _allowed(self, origin: str | None) -> str:
        if ANY_ORIGIN in self._origins:
            return ANY_ORIGIN
        return origin if origin in self._origins else ""
