"""A search as a feed."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from web import params
from web.presenters.programs.feed import MEDIA_TYPE, feed_view, only_xml
from web.site import site

views = Blueprint("feeds", __name__)


@views.get("/search.atom")
def feed() -> Response:
    """The search for feed readers: newest first, unless the address says otherwise."""
    asked = params.read_feed(request.args.to_dict(flat=False))
    view = feed_view(site().search(asked), site().settings)
    return Response(only_xml(render_template("feed.xml", view=view)), mimetype=MEDIA_TYPE)
