"""All values of one facet, and completions."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from search.request import FACETS
from web import params
from web.documents import encoders
from web.presenters.programs import series
from web.presenters.programs.facets import facet_page, suggestions
from web.presenters.results.facet_page import facet_view
from web.site import site
from web.views import answers

views = Blueprint("facets", __name__)

FACET = f"<any({', '.join(FACETS)}):facet>"
"""Any facet in an address."""


@views.get(f"/facets/{FACET}")
def page(facet: str) -> str:
    """The values of a facet, for choosing one that the search page does not list."""
    asked = params.read_facet(request.args.to_dict(flat=False), facet, strict=False)
    return render_template("facet.html", view=facet_view(site().search(asked), facet))


@views.get(f"/facets/{FACET}.json")
def endpoint(facet: str) -> Response:
    """The values of a facet, for programs."""
    asked = params.read_facet(request.args.to_dict(flat=False), facet, strict=True)
    found = site().search(asked)
    around = series.of_values(found, found.facets[facet])
    return answers.document(encoders.FACET, facet_page(found, facet), around)


@views.get("/suggest.json")
def suggest() -> Response:
    """Completions of what is being typed: titles, tags and authors."""
    prefix, size = params.read_suggest(request.args.to_dict(flat=False))
    return answers.document(encoders.COMPLETIONS, suggestions(prefix, site().archive.suggest(prefix, size)))
