"""How much of the disk an archive takes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from search.layout import index_folder, store_file


@dataclass(frozen=True, slots=True)
class DiskUse:
    """Bytes of the store and of all generations, and how many are `free` where they lie.

    A file that several generations share counts once.
    """

    store: int
    index: int
    free: int

    @classmethod
    def of(cls, data: Path) -> Self:
        """What the archive in the folder takes now; it may be changing meanwhile."""
        store = store_file(data)
        return cls(
            _bytes_of(store.parent.glob(f"{store.name}*")),
            _bytes_of(index_folder(data).rglob("*")),
            shutil.disk_usage(data).free,
        )


def _bytes_of(paths: Iterable[Path]) -> int:
    found = {}
    for path in paths:
        try:
            status = path.stat()
        except FileNotFoundError:  # an older generation, or a log that was taken into the store
            continue
        found[status.st_ino] = status.st_size
    return sum(found.values())
