"""Which generation is read: the published one or, where that is broken, one before it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from search.engines.whoosh.cache import CACHE_BYTES
from search.engines.whoosh.publishing.generations import Generations
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.errors import IndexUnreadable

REMEDY: Final = "build it anew with `blogsearch reindex --rebuild`"

_log = logging.getLogger(__name__)


def open_newest(generations: Generations) -> Snapshot | None:
    """The newest generation that can be opened, beginning with the published one; None where there is none.

    Raises `IndexUnreadable` where there are some, and none can be opened.
    """
    problems = []
    for name in generations.candidates():
        try:
            snapshot = open_generation(generations, name)
        except (OSError, ValueError) as error:
            _log.error("generation %s of %s is broken: %s", name, generations.folder, error)
            problems.append(f"{name}: {error}")
            continue
        if problems:
            _log.error("searching generation %s instead", name)
        return snapshot
    if problems or generations.exist():
        found = "; ".join(problems) or "CURRENT names no generation"
        raise IndexUnreadable(
            f"no generation of the index in {generations.folder} can be opened ({found}); {REMEDY}"
        )
    return None


def open_generation(generations: Generations, name: str, cache_bytes: int = CACHE_BYTES) -> Snapshot:
    """Open a generation all of whose files are whole; raises `OSError` or `ValueError` for any other."""
    return Snapshot.open(generations.path(name), name, generations.check(name), cache_bytes)


@contextmanager
def telling_of_damage(folder: Path) -> Iterator[None]:
    """Raise `IndexUnreadable` where what is decoded meanwhile is damaged, although every file is as written.

    Only what a search needs is decoded, so that is found out as late as this. Some disks, and some people,
    write what no program of ours would.
    """
    try:
        yield
    except ValueError as error:
        raise IndexUnreadable(f"the index in {folder} is damaged ({error}); {REMEDY}") from error
