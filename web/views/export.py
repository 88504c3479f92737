"""A whole result as a file."""

from __future__ import annotations

from flask import Blueprint, Response, request

from search.results import WholeResult
from web import params, problems
from web.conduct.turns import AGAIN
from web.documents.encoders import EXPORTED
from web.documents.encoding import JSON_LINES
from web.errors import Problem, answer
from web.language.voice import gettext
from web.presenters.programs.search import exported
from web.site import site

views = Blueprint("export", __name__)


@views.get("/search.jsonl")
def endpoint() -> Response:
    """All results of a search, sent while their texts are read, one JSON document a line."""
    asked, most = params.read_export(request.args.to_dict(flat=False))
    found = site().every(asked, most)
    lines = site().turns.take(EXPORTED.encode(exported(post)) + b"\n" for post in found.posts)
    if lines is None:
        return answer(Problem(problems.BUSY, gettext(problems.BUSY.meaning), retry=AGAIN))
    return Response(lines, mimetype=JSON_LINES, headers=_headers(found, most))


def _headers(found: WholeResult, most: int) -> dict[str, str]:
    return {
        "Content-Disposition": 'attachment; filename="search.jsonl"',
        "Results-Total": str(found.total),
        "Results-Capped": "true" if found.total > most else "false",
        "Results-Partial": "true" if found.partial else "false",
    }
