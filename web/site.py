"""What the views of one application share."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from flask import current_app, g, request

from search.archive import Archive
from search.deadline import Deadline
from search.history import ArchiveStatus
from search.request import SearchRequest
from search.results import SearchPage, WholeResult
from web.assets.asset import Asset
from web.assets.look import Look
from web.conduct.turns import Turns
from web.settings import Settings
from web.watching.instruments import Instruments
from web.watching.searches import Searched
from web.watching.watch import watched

EXTENSION = "blogsearch"


@dataclass(frozen=True, slots=True)
class Site:
    """An archive and how it is shown.

    `files` are the static ones by their names, and `address` (`http://127.0.0.1:8080`) is where the site is
    found, for documents that are of no use without it. What is done is noted by the `instruments`. Whole
    results are sent in `turns`.
    """

    archive: Archive
    settings: Settings
    look: Look
    files: Mapping[str, Asset]
    address: str
    instruments: Instruments
    turns: Turns = field(default_factory=Turns)
    _statuses: dict[str, ArchiveStatus] = field(default_factory=dict)

    def at(self, path: str) -> str:
        """The whole address of a path. It never comes from a request's Host header."""
        return self.address + path

    def status(self) -> ArchiveStatus:
        """What is in the archive; asked of it once a generation, as it counts everything."""
        generation = self.archive.generation
        status = self._statuses.get(generation)
        if status is None:
            status = self.archive.status()
            self._statuses.clear()
            self._statuses[generation] = status
        return status

    def search(self, request: SearchRequest) -> SearchPage:
        """What the archive answers to the current request.

        What was cut short, for want of time perhaps, may be whole the next time: nobody is to keep it.
        """
        found = self.archive.search(request, self._deadline())
        seconds = found.took_ms / 1000
        self._note(Searched(request, seconds, found.total, found.partial, found.generation))
        return found

    def every(self, request: SearchRequest, most: int) -> WholeResult:
        """What the archive answers to the current request in all; as a page, where it was cut short."""
        began = time.perf_counter()
        found = self.archive.every(request, most)
        self._note(Searched(request, time.perf_counter() - began, found.total, found.partial))
        return found

    def _note(self, searched: Searched) -> None:
        self.instruments.searched(searched)
        if asked := watched(request.environ):
            asked.generation = searched.generation
        if searched.partial:
            g.cut_short = True

    def total(self, request: SearchRequest) -> int | None:
        """How many posts a search finds; None where there is no time left to know."""
        deadline = self._deadline()
        if deadline.passed:
            return None
        return self.archive.total(request, deadline)

    def _deadline(self) -> Deadline:
        """When all searches for the current request are to end."""
        if "deadline" not in g:
            g.deadline = self.archive.deadline()
        deadline: Deadline = g.deadline
        return deadline


def site() -> Site:
    """The site of the application that handles the current request."""
    return cast(Site, current_app.extensions[EXTENSION])
