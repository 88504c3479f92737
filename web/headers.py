"""Headers that keep a browser from doing anything with a page but show it."""

from __future__ import annotations

from flask import Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' https: http: data:",  # posts show pictures from wherever their blog had them
        "media-src https: http:",
        "connect-src 'self'",  # completions
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def secure(response: Response) -> Response:
    """Add the headers to a response of any kind; a policy of its own stays."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
