"""What goes wrong, told to programs as problem documents (RFC 9457) and to people as a page."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, current_app, json, render_template, request
from werkzeug.exceptions import HTTPException

from search.errors import ArchiveError, InvalidRequest, PostNotFound
from web.presenters.json import problem

FOR_PROGRAMS = (".json", ".atom", "/healthz", "/readyz")
"""How the paths end whose errors are problem documents."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong: the status, a lasting name for the kind of problem, and words about it."""

    status: HTTPStatus
    kind: str
    title: str
    detail: str
    parameter: str = ""


def register(app: Flask) -> None:
    """Answer every error of the application."""
    app.register_error_handler(InvalidRequest, _invalid_request)
    app.register_error_handler(PostNotFound, _post_not_found)
    app.register_error_handler(ArchiveError, _archive_unavailable)
    app.register_error_handler(HTTPException, _http_error)


def answer(found: Problem) -> Response:
    """The problem as the current request's kind of client reads it."""
    if request.path.endswith(FOR_PROGRAMS):
        document = problem(found.kind, found.title, found.status.value, found.detail, found.parameter)
        return Response(json.dumps(document), found.status, mimetype="application/problem+json")
    page = render_template("error.html", problem=found, text=request.args.get("q", ""))
    return Response(page, found.status)


def _invalid_request(error: InvalidRequest) -> Response:
    return answer(
        Problem(
            HTTPStatus.BAD_REQUEST,
            "urn:blogsearch:problem:invalid-parameter",
            "This search cannot be made",
            error.problem,
            error.parameter,
        )
    )


def _post_not_found(error: PostNotFound) -> Response:
    return answer(
        Problem(
            HTTPStatus.NOT_FOUND, "urn:blogsearch:problem:post-not-found", "There is no such post", str(error)
        )
    )


def _archive_unavailable(error: ArchiveError) -> Response:
    # The message names files of the server: it is for its owner's eyes.
    current_app.logger.error("%s", error)
    return answer(
        Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "urn:blogsearch:problem:archive-unavailable",
            "The archive cannot be read at the moment",
            "Try again in a while.",
        )
    )


def _http_error(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    response = answer(Problem(status, "about:blank", status.phrase, error.description or status.description))
    response.headers.extend((k, v) for k, v in error.get_headers() if k in ("Allow", "Retry-After"))
    return response
