"""The archive as a WSGI application."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_babel import get_locale

from search.archive import Archive
from web import errors, headers, language
from web.look import Look, look
from web.settings import Settings
from web.site import EXTENSION, Site
from web.views import VIEWS

ONE_YEAR = 365 * 24 * 60 * 60


class JSON(DefaultJSONProvider):
    """Documents with their keys in the order they are documented in."""

    sort_keys = False


def create_app(settings: Settings, archive: Archive | None = None) -> Flask:
    """The application for an archive: the one given, else the one in the settings' folder.

    An archive that is given stays its owner's to close. Raises `ArchiveNotFound` and the like.
    """
    app = Flask(__name__)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = ONE_YEAR  # the address changes with the content
    app.json = JSON(app)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    # Either would redirect to an address made from the Host header.
    app.url_map.merge_slashes = app.url_map.strict_slashes = False
    looks = look(settings)
    app.extensions[EXTENSION] = Site(
        archive or Archive.open(settings.data, seconds=settings.deadline), settings, looks
    )
    language.set_up(app, settings)
    for blueprint in VIEWS:
        app.register_blueprint(blueprint)
    app.context_processor(lambda: {"site_title": settings.title, "locale": get_locale()})
    app.after_request(headers.secure)
    errors.register(app)
    _name_files_by_content(app, looks)
    return app


def _name_files_by_content(app: Flask, looks: Look) -> None:
    static = Path(app.static_folder or "")
    hashes = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:12]
        for file in static.iterdir()
        if file.is_file()
    }

    made = {"look.stylesheet": looks.stylesheet.version, "look.logo": looks.logo.version}

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        name = hashes.get(values.get("filename", "")) if endpoint == "static" else made.get(endpoint)
        if name:
            values["v"] = name
