"""What the views of one application share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from search.archive import Archive
from web.settings import Settings

EXTENSION = "blogsearch"


@dataclass(frozen=True, slots=True)
class Site:
    """An archive and how it is shown."""

    archive: Archive
    settings: Settings


def site() -> Site:
    """The site of the application that handles the current request."""
    return cast(Site, current_app.extensions[EXTENSION])
