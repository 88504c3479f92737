"""The search box for pages of the blog itself."""

from __future__ import annotations

from flask import Blueprint, Response

from web.embedding import embedding
from web.views.sending import sent

views = Blueprint("embedding", __name__)


@views.get("/embed.js")
def script() -> Response:
    """The script that defines `<blog-search>`."""
    return sent(embedding())
