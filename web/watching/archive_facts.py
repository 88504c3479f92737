"""What the archive itself tells an operator: the generation that answers, the last import, the feeds."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from search.archive import Archive
from search.errors import ArchiveError
from search.health import Health
from search.history import Counts, FeedState, ImportRecord

FRESH: Final = 5.0
"""Seconds for which what the store said is told again: it counts all posts."""

NOTHING: Final = Health(serving="", published="")
"""How an archive is whose store cannot be read."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store says; `counts` is None where it cannot be read."""

    counts: Counts | None = None
    last_import: ImportRecord | None = None
    feeds: tuple[FeedState, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """How an archive is."""

    health: Health
    stored: Stored


class FactReader:
    """Reads the facts of one archive, and those of the store not too often."""

    def __init__(self, archive: Archive, now: Callable[[], float] = time.monotonic) -> None:
        self._archive = archive
        self._now = now
        self._reading = Lock()
        self._read_at = -math.inf
        self._stored = Stored()

    def read(self) -> ArchiveFacts:
        """How the archive is now; never raises `ArchiveError`, but tells less."""
        try:
            health = self._archive.health()
        except ArchiveError:
            return ArchiveFacts(NOTHING, Stored())
        with self._reading:
            if self._now() - self._read_at >= FRESH:
                self._stored = self._of_store()
                self._read_at = self._now()
            return ArchiveFacts(health, self._stored)

    def _of_store(self) -> Stored:
        try:
            last = next(iter(self._archive.imports(1)), None)
            return Stored(self._archive.counts(), last, self._archive.feeds())
        except ArchiveError:
            return Stored()
