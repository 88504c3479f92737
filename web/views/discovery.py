"""What tells browsers and crawlers how to find things here."""

from __future__ import annotations

from flask import Blueprint, Response, abort, json, render_template, request

from web.language.voice import gettext
from web.params import MAX_PREFIX
from web.presenters.programs import opensearch, sitemap
from web.site import site

views = Blueprint("discovery", __name__)

ROBOTS = """\
User-agent: *
Disallow: /facets/
Disallow: /suggest
Disallow: /*.json
Disallow: /*.atom
Disallow: /posts/*.txt
Disallow: /posts/*.bib

Sitemap: {sitemap}
"""
"""Crawlers may page through the results to every post; the endless filters are `nofollow` (RFC 9309)."""


@views.get("/robots.txt")
def robots() -> Response:
    """What crawlers should leave alone: what people read as pages, and values without end."""
    return Response(ROBOTS.format(sitemap=site().at("/sitemap.xml")), mimetype="text/plain")


@views.get("/opensearch.xml")
def description() -> Response:
    """The site as a search engine that a browser can add."""
    here, title = site(), site().settings.title
    about = gettext("Search %(site)s", site=title)
    view = opensearch.description(title, about, here.look.logo.media_type, here.at)
    page = render_template("opensearch.xml", view=view)
    return Response(page, mimetype=opensearch.MEDIA_TYPE)


@views.get("/suggest/opensearch.json")
def suggestions() -> Response:
    """Completions as the address bar of a browser reads them; of whatever is typed there, the beginning."""
    typed = request.args.get("q", "")[:MAX_PREFIX]
    found = opensearch.completions(typed, site().archive.suggest(typed), site().at)
    return Response(json.dumps(found), mimetype=opensearch.SUGGESTIONS_TYPE)


@views.get("/sitemap.xml")
def all_posts() -> Response:
    """Every post, for crawlers: which parts the list has."""
    return Response(sitemap.index(site().archive.counts().posts, site().at), mimetype=sitemap.MEDIA_TYPE)


@views.get("/sitemap-<int:number>.xml")
def some_posts(number: int) -> Response:
    """One part of the list."""
    here = site()
    if not 1 <= number <= sitemap.parts(here.archive.counts().posts):
        abort(404)
    return Response(sitemap.part(number, here.archive.listing, here.at), mimetype=sitemap.MEDIA_TYPE)
