"""One post with its comments."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from web import links, params
from web.presenters import json
from web.presenters.post_page import post_view
from web.site import site

views = Blueprint("posts", __name__, url_prefix="/posts")


@views.get("/<post_id>", defaults={"slug": ""})
@views.get("/<post_id>/<slug>")
def page(post_id: str, slug: str) -> str | AnyResponse:
    """A post's page; an old or wrong slug leads to the right one, and so does an id that it had."""
    archive, settings = site().archive, site().settings
    found = archive.post(post_id)
    came_from = params.read_or_default(request.args.to_dict(flat=False))
    if post_id != found.post.id or slug != links.slug(found.post.title):
        return redirect(links.post(found.post, came_from), 301)
    highlighter = archive.highlighter(came_from.query)
    own_url = settings.absolute(links.post(found.post))
    view = post_view(found, archive.similar(post_id), came_from, highlighter, own_url)
    return render_template("post.html", view=view)


@views.get("/<post_id>.json")
def endpoint(post_id: str) -> AnyResponse:
    """Everything known of a post, for programs; an id that it had leads to the one that it has."""
    params.refuse_unknown(request.args.to_dict(flat=False), ())
    found = site().archive.post(post_id)
    if post_id != found.post.id:
        return redirect(f"/posts/{found.post.id}.json", 301)
    return jsonify(json.post_page(found))
