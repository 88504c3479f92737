"""Answers for programs, as responses."""

from __future__ import annotations

from typing import TypeVar

from flask import Response

from web.documents.encoding import Encoder
from web.presenters.series import Series

_Shape = TypeVar("_Shape")


def document(encoder: Encoder[_Shape], content: _Shape, around: Series | None = None) -> Response:
    """A document as JSON; of one that is a page of several, with links to those around it."""
    response = Response(encoder.encode(content), mimetype="application/json")
    if around:
        response.headers["Link"] = around.header
    return response
