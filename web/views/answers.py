"""What is no page, as responses: documents for programs, and files."""

from __future__ import annotations

from typing import TypeVar

from flask import Response, request

from web.assets.asset import Asset
from web.conduct.kinds import FOR_GOOD
from web.documents.encoding import JSON, Encoder
from web.presenters.programs.series import Series

_Shape = TypeVar("_Shape")


def document(encoder: Encoder[_Shape], content: _Shape, around: Series | None = None) -> Response:
    """A document as JSON; of one that is a page of several, with links to those around it."""
    response = Response(encoder.encode(content), mimetype=JSON)
    if around:
        response.headers["Link"] = around.header
    return response


def asset(sent: Asset) -> Response:
    """A file; one that is asked for by its version may be kept for good."""
    response = Response(sent.content, mimetype=sent.media_type)
    if request.args.get("v") == sent.version:
        response.headers["Cache-Control"] = FOR_GOOD
    response.set_etag(sent.version)
    return response
