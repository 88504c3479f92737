"""One post with its comments."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from web import links, params
from web.presenters import json
from web.presenters.post_page import post_view
from web.site import site

views = Blueprint("posts", __name__, url_prefix="/posts")


@views.get("/<post_id>", defaults={"slug": ""})
@views.get("/<post_id>/<slug>")
def page(post_id: str, slug: str) -> str | AnyResponse:
    """A post's page; an old or wrong slug leads to the right one."""
    archive, settings = site().archive, site().settings
    found = archive.post(post_id)
    came_from = params.read_or_default(request.args.to_dict(flat=False))
    if slug != links.slug(found.post.title):
        return redirect(links.post(found.post, came_from), 301)
    highlighter = archive.highlighter(came_from.query)
    own_url = settings.absolute(links.post(found.post))
    view = post_view(found, archive.similar(post_id), came_from, highlighter, own_url)
    return render_template("post.html", view=view)


@views.get("/<post_id>.json")
def endpoint(post_id: str) -> Response:
    """Everything known of a post, for programs."""
    params.refuse_unknown(request.args.to_dict(flat=False), ())
    return jsonify(json.post_page(site().archive.post(post_id)))
