"""Files, as responses."""

from __future__ import annotations

from flask import Response, request

from web.assets import Asset
from web.conduct.kinds import FOR_GOOD


def sent(asset: Asset) -> Response:
    """A file, which who asks for it by its version may keep for good."""
    response = Response(asset.content, mimetype=asset.media_type)
    response.set_etag(asset.version)
    if request.args.get("v") == asset.version:
        response.headers["Cache-Control"] = FOR_GOOD
    return response
