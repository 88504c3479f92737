"""Headers that keep a browser from doing anything with an answer but show it."""

from __future__ import annotations

from web.conduct.kinds import Kind
from web.settings import Settings

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",  # completions
        "img-src 'self' https: http: data:",  # posts show pictures from wherever their blog had them
        "media-src https: http:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

DOCUMENT_POLICY = "default-src 'none'; frame-ancestors 'none'"
"""For what is no page: a browser that shows it as one loads nothing with it."""

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_PAGE = _ALWAYS | {
    "Content-Security-Policy": PAGE_POLICY,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_DOCUMENT = _ALWAYS | {"Content-Security-Policy": DOCUMENT_POLICY, "Referrer-Policy": "no-referrer"}
_ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}


def protection(kind: Kind, settings: Settings, resource_policy: str) -> dict[str, str]:
    """The headers of a kind; `resource_policy` says which sites may have the shared ones in their pages."""
    headers = _PAGE if kind.shown else _DOCUMENT
    encrypted = _ENCRYPTED if settings.base_url.startswith("https:") else {}
    own = resource_policy if kind.shared else "same-origin"
    return headers | encrypted | {"Cross-Origin-Resource-Policy": own}
