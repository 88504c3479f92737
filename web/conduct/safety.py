"""Headers that keep a browser from doing anything with an answer but show it."""

from __future__ import annotations

from web.conduct.kinds import A_YEAR, NEVER, Kind
from web.settings import Settings

_PAGE_RULES = (
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",  # completions
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",  # the script makes no markup of strings, and never may
    "trusted-types 'none'",
)
_PICTURES = ("img-src 'self' https: http: data:", "media-src https: http:")
"""Posts show pictures from wherever their blog had them."""
_ENCRYPTED_PICTURES = ("img-src 'self' https: data:", "media-src https:", "upgrade-insecure-requests")
"""The same on an encrypted site: what a post has from `http:` is asked for by `https:` or not at all."""

PAGE_POLICY = "; ".join(_PAGE_RULES + _PICTURES)
ENCRYPTED_PAGE_POLICY = "; ".join(_PAGE_RULES + _ENCRYPTED_PICTURES)
DOCUMENT_POLICY = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
"""For what is no page: a browser that shows it as one loads nothing with it."""

_UNUSED = (
    *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
    *("idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment"),
    *("publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "usb"),
    *("window-management", "xr-spatial-tracking"),
)
"""What browsers offer and no page here uses (https://github.com/w3c/webappsec-permissions-policy)."""

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
}
_PAGE = _ALWAYS | {
    "Content-Security-Policy": PAGE_POLICY,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_DOCUMENT = _ALWAYS | {"Content-Security-Policy": DOCUMENT_POLICY, "Referrer-Policy": "no-referrer"}
_ENCRYPTED = {"Strict-Transport-Security": f"max-age={2 * A_YEAR}"}
"""Of this host alone. What becomes of hosts below it (`includeSubDomains`) is for their owner to say."""
_ENCRYPTED_PAGE = {"Content-Security-Policy": ENCRYPTED_PAGE_POLICY}

UNREADABLE = _DOCUMENT | {"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": NEVER}
"""For what is told before it is known what is asked for: that a request cannot be read."""


def protection(kind: Kind, settings: Settings, resource_policy: str) -> dict[str, str]:
    """The headers of a kind; `resource_policy` says which sites may have the shared ones in their pages."""
    headers = _PAGE if kind.shown else _DOCUMENT
    if settings.base_url.startswith("https:"):
        headers = headers | _ENCRYPTED | (_ENCRYPTED_PAGE if kind.shown else {})
    own = resource_policy if kind.shared else "same-origin"
    return headers | {"Cross-Origin-Resource-Policy": own}
