"""The search box for pages of the blog itself."""

from __future__ import annotations

from flask import Blueprint, Response

from web.embed.embedding import embedding
from web.views import answers

views = Blueprint("embedding", __name__)

ANYWHERE = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""Any page may run the script: where it may not ask the archive, it says so, which a blank page does not."""


@views.get("/embed.js")
def script() -> Response:
    """The script that defines `<blog-search>`."""
    response = answers.asset(embedding())
    response.headers.update(ANYWHERE)
    return response
