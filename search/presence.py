"""Whether an archive is in a folder: never begun, there, or lost.

The store commits before `CURRENT` names the first generation. So an index with a `CURRENT` had a store with
something in it, and one that is gone or blank was lost: an empty one in its place would be taken for the
truth, and the next import would throw away what the index still has. Without a `CURRENT` nothing was ever
published, and a blank store is what a first import leaves that was killed.
"""

from __future__ import annotations

from pathlib import Path

from search.errors import ArchiveNotFound, StoreUnreadable
from search.layout import index_folder, published_file, store_file
from search.store.blank import is_blank


def require_archive(data: Path) -> None:
    """Raise `ArchiveNotFound` where none was ever begun here, `StoreUnreadable` where it was lost."""
    require_not_lost(data)
    if not store_file(data).is_file():
        raise ArchiveNotFound(f"there is no archive in {data} yet: run `blogsearch reindex SOURCE` first")


def require_not_lost(data: Path) -> None:
    """Raise `StoreUnreadable` where there is an index whose store is gone or has nothing in it."""
    store = store_file(data)
    if published_file(data).exists() and is_blank(store):
        problem = "is empty" if store.exists() else "is gone"
        raise StoreUnreadable(
            f"{store} {problem}, although {index_folder(data)} has the index of an archive: put store.db back"
            " from a backup, or restore an export into a new folder with `blogsearch reindex --restore`;"
            f" to begin anew here, remove {index_folder(data)}"
        )
