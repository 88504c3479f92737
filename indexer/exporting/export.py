"""Writing an archive to one file, at whatever moment it is in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexer.exporting.document import Progress, lines
from indexer.exporting.target import writing_to
from search.layout import store_file
from search.presence import require_archive
from search.store import Store


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was written: posts, comments that readers see, and bytes before any compression."""

    posts: int
    comments: int
    size: int


def export(data: Path, target: str, progress: Progress, *, force: bool = False) -> Exported:
    """Write all of the archive in the folder `data`; `target` is a file's name, or `-`.

    An import that goes on meanwhile is not seen and does not wait. Raises `ArchiveNotFound`,
    `StoreUnreadable`, and what `writing_to` raises.
    """
    require_archive(data)
    store = Store.open(store_file(data))
    try:
        with store.snapshot() as snapshot, writing_to(target, data, force=force) as stream:
            size = 0
            for line in lines(snapshot, progress):
                size += stream.write(f"{line}\n".encode())
            return Exported(snapshot.count_posts(), snapshot.count_replies(), size)
    finally:
        store.close()
