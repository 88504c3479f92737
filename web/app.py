"""The archive as a WSGI application."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import Flask

from search.archive import Archive
from web import errors
from web.assets.files import files
from web.assets.look import look
from web.conduct import exchange
from web.conduct.coding import compressed_once
from web.conduct.hosts import EVERY, Hosts
from web.conduct.kinds import kind_of
from web.conduct.limits import Limiter
from web.language import choice
from web.presenters.dates import number
from web.presenters.markup import both
from web.problems import KINDS
from web.settings import Settings
from web.site import EXTENSION, Site
from web.views import VIEWS
from web.views.look import static
from web.watching.application import WatchedApplication
from web.watching.caches import Readers
from web.watching.counters import Counters
from web.watching.instruments import Instruments
from web.watching.table import Table

LOCAL = "http://localhost"


def create_app(
    settings: Settings,
    archive: Archive | None = None,
    *,
    address: str = LOCAL,
    hosts: Hosts = EVERY,
    limiter: Limiter | None = None,
    table: Table | None = None,
) -> WatchedApplication:
    """The application for an archive: the one given, else the one in the settings' folder.

    An archive that is given stays its owner's to close. `address` is where the site is found, as far as the
    settings do not say, and `hosts` the names by which it answers. The `limiter`, and the `table` of what is
    counted, are those that all processes of a server share; without, the application has its own, and a
    limiter only where the settings ask for one. Raises `ArchiveNotFound` and the like.
    """
    app = _bare()
    archive = archive or Archive.open(settings.data, seconds=settings.deadline)
    choice.set_up(app, settings, lambda path: kind_of(path).spoken)
    app.jinja_env.filters |= {"number": number, "both": both}
    limiter = limiter or (Limiter(settings.rate) if settings.rate else None)
    exchange.register(app, archive, settings, hosts, limiter)
    for blueprint in VIEWS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/static/<filename>", "static", static)
    app.context_processor(lambda: {"site_title": settings.title})
    errors.register(app)
    site = app.extensions[EXTENSION] = Site(
        archive,
        settings,
        look(settings),
        files(),
        address=settings.base_url.rstrip("/") or address,
        instruments=app.watch_with(partial(_instruments, archive, settings, table)),
    )
    _name_files_by_content(app, site)
    return app


def _bare() -> WatchedApplication:
    app = WatchedApplication(__name__, static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    # Either would redirect to an address made from the Host header.
    app.url_map.merge_slashes = app.url_map.strict_slashes = False
    return app


def _instruments(
    archive: Archive, settings: Settings, table: Table | None, routes: Iterable[str]
) -> Instruments:
    caches: Readers = {"index": lambda: archive.cache_use, "files": compressed_once.cache_info}
    counters = Counters(table or Table(), sorted(routes), KINDS)
    return Instruments.of(archive, counters, settings.slow, caches)


def _name_files_by_content(app: Flask, site: Site) -> None:
    made = {"look.stylesheet": site.look.stylesheet, "look.logo": site.look.logo}

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        asset = site.files.get(values["filename"]) if endpoint == "static" else made.get(endpoint)
        if asset:
            values["v"] = asset.version
