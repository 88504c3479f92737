"""The stylesheet with the installation's accent, and its logo."""

from __future__ import annotations

from flask import Blueprint, Response, request

from web.assets import Asset
from web.site import site

views = Blueprint("look", __name__)

FOR_GOOD = "public, max-age=31536000, immutable"
"""Said of what is asked for by its version, which no other content ever has."""
FOR_A_WHILE = "public, max-age=3600"

LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""An SVG that is opened by its own address may look as it likes, but not run scripts or fetch anything."""


@views.get("/static/style.css")
def stylesheet() -> Response:
    """The stylesheet, which ends in the colours made of the accent."""
    return _sent(site().look.stylesheet)


@views.get("/favicon.ico", endpoint="icon")
@views.get("/logo")
def logo() -> Response:
    """The picture beside the title, also where browsers look for an icon by themselves."""
    response = _sent(site().look.logo)
    response.headers["Content-Security-Policy"] = LOGO_POLICY
    return response


def _sent(asset: Asset) -> Response:
    response = Response(asset.content, mimetype=asset.media_type)
    by_version = request.args.get("v") == asset.version
    response.headers["Cache-Control"] = FOR_GOOD if by_version else FOR_A_WHILE
    response.set_etag(asset.version)
    response.make_conditional(request)
    return response
