"""What machines ask about the site itself."""

from __future__ import annotations

from flask import Blueprint, Response

from web import problems
from web.documents.encoders import ALIVE, READY
from web.documents.health import Alive, Ready
from web.errors import Problem, answer
from web.language.voice import gettext
from web.site import site
from web.views import answers

views = Blueprint("health", __name__)


@views.get("/healthz")
def healthz() -> Response:
    """The process is alive."""
    return answers.document(ALIVE, Alive(status="ok"))


@views.get("/readyz")
def readyz() -> Response:
    """Searches can be answered: a generation of the index is open."""
    if generation := site().archive.generation:
        return answers.document(READY, Ready(status="ready", generation=generation))
    todo = gettext("Nothing is published yet. Run `blogsearch reindex SOURCE` to import an export of a blog.")
    return answer(Problem(problems.ARCHIVE_UNAVAILABLE, todo))
