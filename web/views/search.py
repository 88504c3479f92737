"""The search page, and the same for programs."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from web import params
from web.documents.encoders import SEARCH
from web.presenters.programs import series
from web.presenters.programs.search import search_page
from web.presenters.results.search_page import is_browsing, search_view
from web.site import site
from web.views import answers

views = Blueprint("search", __name__)


@views.get("/")
@views.get("/search")
def page() -> str:
    """The search page; an empty query browses, newest first."""
    asked = params.read(request.args.to_dict(flat=False), strict=False)
    status = site().status() if is_browsing(asked) else None
    return render_template("search.html", view=search_view(site().search(asked), site().total, status))


@views.get("/search.json")
def endpoint() -> Response:
    """The search for programs."""
    asked = params.read(request.args.to_dict(flat=False), strict=True)
    found = site().search(asked)
    return answers.document(SEARCH, search_page(found), series.of_results(found))
