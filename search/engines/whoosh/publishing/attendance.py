"""Whether somebody is answering from an index who has not yet at hand what is announced.

Each process that serves holds a shared lock on the folder of generations, and lets go of it while it has
opened what is announced there. So a writer that could lock the folder for itself keeps nobody waiting by
publishing. Nothing is written for it, so that those who serve need no right to; and a process that dies holds
no lock.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from typing import Final

READERS_TAKE: Final = 5.0
"""Seconds that a writer waits at most: whoever has it not at hand by then opens it when asked."""

_PAUSE: Final = 0.01


class Attendance:
    """One process's part in it; for one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor: int | None = None

    def attend(self) -> None:
        """From now on the writer is to wait for this process. Raises `OSError` where there is no folder."""
        if self._descriptor is None:
            self._descriptor = os.open(self._folder, os.O_RDONLY)
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def leave(self) -> None:
        """The writer need not wait any more."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def wait_for_readers(folder: Path, seconds: float = READERS_TAKE) -> None:
    """Wait until nobody attends, or for so many seconds."""
    ends = time.monotonic() + seconds
    while is_attended(folder) and time.monotonic() < ends:
        time.sleep(_PAUSE)


def is_attended(folder: Path) -> bool:
    """Whether a process that serves is not ready for what is announced."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
