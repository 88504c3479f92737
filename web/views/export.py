"""A whole result as a file."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from web import params
from web.documents.encoders import EXPORTED
from web.documents.encoding import JSON_LINES
from web.presenters import json
from web.site import site

views = Blueprint("export", __name__)


@views.get("/search.jsonl")
def endpoint() -> Response:
    """All results of a search, sent while their texts are read, one JSON document a line."""
    asked, most = params.read_export(request.args.to_dict(flat=False))
    archive = site().archive
    found = archive.search(replace(asked, size=1))
    hits = archive.every(replace(asked, generation=found.generation), most)
    lines = (EXPORTED.encode(json.exported(hit)) + b"\n" for hit in hits)
    response = Response(lines, mimetype=JSON_LINES)
    response.headers["Content-Disposition"] = 'attachment; filename="search.jsonl"'
    response.headers["Results-Total"] = str(found.total)
    response.headers["Results-Capped"] = "true" if found.total > most else "false"
    return response
