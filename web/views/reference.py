"""What programs and their developers can ask for, and what can go wrong."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from web.openapi.document import DOCUMENT, document
from web.presenters.api_page import api_view
from web.presenters.problem_page import problem_view
from web.problems import ADDRESS, KINDS
from web.site import site

views = Blueprint("reference", __name__)


@views.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    return Response(DOCUMENT.dump_json(document(site().settings)), mimetype="application/json")


@views.get("/api")
def page() -> str:
    """The same, to read."""
    return render_template("api.html", view=api_view(document(site().settings)))


@views.get(f"{ADDRESS}<kind>")
def problem(kind: str) -> str:
    """What a kind of problem means, and what to do: where the `type` of a problem document leads."""
    return render_template("problem.html", view=problem_view(KINDS[kind] if kind in KINDS else abort(404)))
