"""The stylesheet with the installation's accent, its logo, and all other files of pages."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from web.site import site
from web.views import answers

views = Blueprint("look", __name__)

LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""An SVG that is opened by its own address may look as it likes, but not run scripts or fetch anything."""


@views.get("/static/style.css")
def stylesheet() -> Response:
    """The stylesheet, which ends in the colours made of the accent."""
    return answers.asset(site().look.stylesheet)


@views.get("/favicon.ico", endpoint="icon")
@views.get("/logo")
def logo() -> Response:
    """The picture beside the title, also where browsers look for an icon by themselves."""
    response = answers.asset(site().look.logo)
    response.headers["Content-Security-Policy"] = LOGO_POLICY
    return response


def static(filename: str) -> Response:
    """Any other file; it is the application's own, as templates link to `static`."""
    return answers.asset(site().files[filename]) if filename in site().files else abort(404)
