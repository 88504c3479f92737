"""Opening a generation, and telling of one that is damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from search.engines.whoosh.cache import CACHE_BYTES
from search.engines.whoosh.publishing.generations import Generations
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.errors import IndexUnreadable

REMEDY: Final = "build it anew with `blogsearch reindex --rebuild`"


def open_generation(generations: Generations, name: str, cache_bytes: int = CACHE_BYTES) -> Snapshot:
    """Open a generation all of whose files are whole; raises `OSError` or `ValueError` for any other."""
    marks = generations.marks(name)  # first, so that no change is missed while the files are read
    return Snapshot.open(generations.path(name), name, generations.check(name), cache_bytes, marks)


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
