"""One post with its comments."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from web import links, params
from web.around import around
from web.documents.encoders import POST
from web.presenters.post import bibtex, plain_text
from web.presenters.post.post_page import post_view
from web.presenters.programs.matches import matches
from web.presenters.programs.post import post_page
from web.site import site
from web.views import answers

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
    beside = around(archive, found.post, came_from)
    view = post_view(found, beside, came_from, archive.highlighter(came_from.query), settings)
    return render_template("post.html", view=view)


@views.get("/<post_id>.json")
def endpoint(post_id: str) -> AnyResponse:
    """Everything known of a post, for programs, with the words of a search told apart."""
    came_from = params.read(request.args.to_dict(flat=False), strict=True)
    found = site().archive.post(post_id)
    if post_id != found.post.id:
        return redirect(links.search(came_from, links.document(found.post.id, "json")), 301)
    highlighter = site().archive.highlighter(came_from.query)
    return answers.document(POST, post_page(found, matches(found, highlighter)))


@views.get("/<post_id>.txt")
def text(post_id: str) -> AnyResponse:
    """A post with its comments as plain text."""
    found = site().archive.post(post_id)
    if post_id != found.post.id:
        return redirect(links.document(found.post.id, "txt"), 301)
    address = site().settings.absolute(links.document(post_id))
    return Response(plain_text.document(found, address), mimetype=plain_text.MEDIA_TYPE)


@views.get("/<post_id>.bib")
def citation(post_id: str) -> AnyResponse:
    """A post as an entry of BibTeX."""
    post = site().archive.post(post_id).post
    if post_id != post.id:
        return redirect(links.document(post.id, "bib"), 301)
    address = site().settings.absolute(links.document(post_id))
    return Response(bibtex.entry(post, address), mimetype=bibtex.MEDIA_TYPE)
