"""The data folder itself: who may read what is in it, and what should not be there."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from search.checking.finding import Finding, Remedy, Subject
from search.layout import dead_letter_file, index_folder, lock_file, store_file

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
"""What the owner may do, and nobody else."""


def files_of(data: Path) -> Iterator[Path]:
    """Everything in a data folder that is blogsearch's.

    What somebody else put there is theirs, and so may be the folder itself.
    """
    database = store_file(data)
    beside = [database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm")]
    for path in (database, *beside, lock_file(data), dead_letter_file(data)):
        if path.is_file():
            yield path
    folder = index_folder(data)
    if folder.is_dir():
        yield folder
        yield from sorted(folder.rglob("*"))


def open_to_others(paths: Iterable[Path]) -> Iterator[Finding]:
    """The files and folders that others than their owner may read or write, or that the owner may not."""
    for path in paths:
        mode = _mode(path)
        wanted = mode_of(path)
        if mode is not None and mode != wanted:
            problem = f"has the mode {mode:04o} instead of {wanted:04o}"
            yield Finding(Subject.FOLDER, str(path), problem, Remedy.SET)


def mode_of(path: Path) -> int:
    """Which mode a file or folder should have."""
    return FOLDER_MODE if path.is_dir() else FILE_MODE


def _mode(path: Path) -> int | None:
    try:
        found = path.lstat()
    except FileNotFoundError:  # a writer removed it meanwhile
        return None
    return None if stat.S_ISLNK(found.st_mode) else stat.S_IMODE(found.st_mode)
