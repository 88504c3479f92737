"""The page to begin from."""

from __future__ import annotations

from flask import Blueprint, render_template

from web.presenters.results.browse_page import ASKED, browse_view
from web.site import site

views = Blueprint("browse", __name__)


@views.get("/browse")
def page() -> str:
    """What there is, by year, tag, author and blog."""
    view = browse_view(site().search(ASKED), site().status())
    return render_template("browse.html", view=view)
