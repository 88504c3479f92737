"""What machines ask about the site itself."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from web import problems
from web.documents.encoders import ALIVE, READY
from web.documents.health import Alive
from web.errors import Problem, answer
from web.language.voice import gettext
from web.presenters.programs.health import readiness
from web.site import site
from web.views import answers
from web.watching.peer import noted_peer

views = Blueprint("health", __name__)


@views.get("/healthz")
def healthz() -> Response:
    """The process is alive."""
    return answers.document(ALIVE, Alive(status="ok"))


@views.get("/readyz")
def readyz() -> Response:
    """Searches can be answered, and by which generation of the index."""
    health = site().archive.health()
    if health.serving:
        return answers.document(READY, readiness(health))
    if health.broken:
        why = gettext("No generation of the index can be used. The program's log says why.")
        return answer(Problem(problems.ARCHIVE_UNAVAILABLE, why))
    todo = gettext("Nothing is published yet. Run `blogsearch reindex SOURCE` to import an export of a blog.")
    return answer(Problem(problems.ARCHIVE_UNAVAILABLE, todo))


@views.get("/metrics")
def metrics() -> Response:
    """Numbers for Prometheus; for others than may read them there is nothing here."""
    instruments = site().instruments
    if not instruments.let_in(noted_peer(request.environ), request.headers.get("Authorization", "")):
        abort(404)
    content, media_type = instruments.exposed(request.headers.get("Accept", ""))
    return Response(content, content_type=media_type)
