"""The lock of an archive: one process writes, and others can tell that it does."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from search.errors import ArchiveLocked

_TRIES: Final = 5
_PAUSE: Final = 0.02  # seconds; who only asks holds the lock for far less


@contextmanager
def held(path: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock, for the one writer; raises `ArchiveLocked` while another does, unless told to wait."""
    path.touch(mode=0o600)
    with path.open("a") as file:  # closing it releases the lock, whatever happened
        if wait:
            fcntl.flock(file, fcntl.LOCK_EX)
        elif not _taken(file):
            raise ArchiveLocked(
                f"another process is writing to {path.parent}: try again when it is done, or use --wait"
            )
        yield


def is_held(path: Path) -> bool:
    """Whether a writer holds the lock."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _taken(file: IO[str]) -> bool:
    """Whether the lock could be taken; some tries, as it may be that somebody only asks."""
    for attempt in range(_TRIES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE if attempt < _TRIES - 1 else 0)
        else:
            return True
    return False
