"""A folder for what is not to last, which a process that was killed leaves to the next to remove."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_PREFIX: Final = "blogsearch-scratch-"
"""Nothing else is called so: folders such as `blogsearch-data` may be anybody's."""


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder that goes with the block. It is locked meanwhile, which ends with the process."""
    _remove_abandoned()
    folder, lock = _locked()
    try:
        yield folder
    finally:  # where a run is interrupted, something may still be written into the folder
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _locked() -> tuple[Path, int]:
    """A new folder that is locked, and its lock. Another process may remove it until it is."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        with suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if folder.is_dir():
                return folder, lock
            os.close(lock)


def _remove_abandoned() -> None:
    """Remove folders of ours that nobody has locked; of others', and of links, hands off."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # it is removed meanwhile, in use, or not a folder
            if folder.lstat().st_uid != os.getuid():
                continue
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)
