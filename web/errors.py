"""What goes wrong, told to programs as problem documents (RFC 9457) and to people as a page."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from search.errors import ArchiveBeingBuilt, ArchiveError, GenerationGone, InvalidRequest, PostNotFound
from web import problems
from web.documents.encoders import PROBLEM
from web.documents.encoding import PROBLEM_JSON
from web.documents.problem import ProblemDocument
from web.language.voice import gettext
from web.presenters import words
from web.presenters.error_page import Asked, ErrorView, error_view
from web.presenters.programs.problem import problem
from web.site import site
from web.watching.request_id import current_id

FOR_PROGRAMS = (".json", ".jsonl", ".atom", "/healthz", "/readyz", "/metrics")
"""How the paths end whose errors are problem documents."""

WHILE_BUILDING, WHILE_UNAVAILABLE = 5, 60
"""Seconds until a page of an archive is worth loading again: while its first posts come, and otherwise."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong this time: of which kind, and words about it.

    `parameter` names the one that was wrong, `again` is the path of where to begin again, and in `retry`
    seconds it may work; each may be empty. A problem without a kind is told by its `status`.
    """

    kind: problems.Kind | None
    detail: str
    parameter: str = ""
    again: str = ""
    code: HTTPStatus = HTTPStatus.INTERNAL_SERVER_ERROR
    retry: int = 0

    @property
    def status(self) -> HTTPStatus:
        """The status that it is answered with."""
        return self.kind.status if self.kind else self.code

    @property
    def title(self) -> str:
        """What happened, in words."""
        return gettext(self.kind.title) if self.kind else self.code.phrase


def register(app: Flask) -> None:
    """Answer every error of the application."""
    app.register_error_handler(InvalidRequest, _invalid_request)
    app.register_error_handler(PostNotFound, _post_not_found)
    app.register_error_handler(GenerationGone, _generation_gone)
    app.register_error_handler(ArchiveBeingBuilt, _being_built)
    app.register_error_handler(ArchiveError, _archive_unavailable)
    app.register_error_handler(HTTPException, _http_error)


def answer(found: Problem) -> Response:
    """The problem as the current request's kind of client reads it."""
    site().instruments.problem(found.kind.name if found.kind else "")
    if request.path.endswith(FOR_PROGRAMS):
        response = Response(PROBLEM.encode(_document(found)), found.status, mimetype=PROBLEM_JSON)
    else:
        response = Response(render_template("error.html", view=_page(found)), found.status)
    if found.retry:
        response.headers["Retry-After"] = str(found.retry)
    return response


def _page(found: Problem) -> ErrorView:
    is_particular = found.kind in (None, problems.INVALID_PARAMETER, problems.ARCHIVE_UNAVAILABLE)
    return error_view(
        Asked(request.path, tuple(request.args.items(multi=True))),
        found.status,
        found.title,
        found.detail if is_particular or not found.kind else gettext(found.kind.meaning),
        parameter=found.parameter if found.kind is problems.INVALID_PARAMETER else "",
        again=found.again,
        retry=found.retry,
        request_id=current_id.get() if found.status >= HTTPStatus.INTERNAL_SERVER_ERROR else "",
    )


def _document(found: Problem) -> ProblemDocument:
    return problem(
        site().settings.absolute(found.kind.path) if found.kind else "about:blank",
        found.title,
        found.status.value,
        found.detail,
        parameter=found.parameter,
        again=found.again,
        request_id=current_id.get(),
    )


def _invalid_request(error: InvalidRequest) -> Response:
    return answer(Problem(problems.INVALID_PARAMETER, words.translated(error.problem), error.parameter))


def _post_not_found(error: PostNotFound) -> Response:
    detail = gettext("no post has the id %(id)s", id=repr(error.post_id[:40]))
    return answer(Problem(problems.POST_NOT_FOUND, detail))


def _generation_gone(error: GenerationGone) -> Response:
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in ("page", "generation")]
    again = f"{request.path}?{urlencode(kept)}" if kept else request.path
    detail = gettext(
        "the archive has changed since generation %(generation)s: begin again at page 1",
        generation=error.generation[:40],
    )
    response = answer(Problem(problems.GENERATION_GONE, detail, "generation", again))
    response.headers["Link"] = f'<{again}>; rel="first"'
    return response


def _being_built(_: ArchiveBeingBuilt) -> Response:
    detail = gettext("Posts are being imported for the first time. This page shows them once that is done.")
    response = answer(Problem(problems.ARCHIVE_UNAVAILABLE, detail, retry=WHILE_BUILDING))
    response.headers["Refresh"] = str(WHILE_BUILDING)  # there is nothing to read that this could interrupt
    return response


def _archive_unavailable(error: ArchiveError) -> Response:
    # The message names files of the server: it is for its owner's eyes.
    current_app.logger.error("%s", error)
    detail = gettext("Try again in a while.")
    return answer(Problem(problems.ARCHIVE_UNAVAILABLE, detail, retry=WHILE_UNAVAILABLE))


def _http_error(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    kind = problems.BY_STATUS.get(status)
    detail = error.description or status.description
    if kind and error.description == type(error).description:  # Werkzeug's own words, which are English
        detail = gettext(kind.meaning)
    retry = getattr(error, "retry_after", None)
    response = answer(Problem(kind, detail, code=status, retry=retry if isinstance(retry, int) else 0))
    response.headers.extend((k, v) for k, v in error.get_headers() if k == "Allow")
    return response
