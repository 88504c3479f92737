"""What machines ask about the site itself."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, jsonify

from web.errors import Problem, answer
from web.site import site

views = Blueprint("health", __name__)

ROBOTS = """\
User-agent: *
Disallow: /search.json
Disallow: /search.atom
Disallow: /suggest.json
Disallow: /facets/
"""

NOT_READY = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "urn:blogsearch:problem:archive-unavailable",
    "Nothing is published yet",
    "Run `blogsearch reindex SOURCE` to import an export of a blog.",
)


@views.get("/healthz")
def healthz() -> Response:
    """The process is alive."""
    return jsonify({"status": "ok"})


@views.get("/readyz")
def readyz() -> Response:
    """Searches can be answered: a generation of the index is open."""
    generation = site().archive.generation
    return jsonify({"status": "ready", "generation": generation}) if generation else answer(NOT_READY)


@views.get("/robots.txt")
def robots() -> Response:
    """Crawlers may page through the results to every post; the endless filters are `nofollow`."""
    return Response(ROBOTS, mimetype="text/plain")
