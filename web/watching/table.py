"""Numbers that the processes of a server count together.

Each process counts in a row of its own, so that none waits for another, and who wants to know adds up the
rows. They lie in memory that processes forked later share: nothing is left behind on a disk however a process
ends, and the one that takes its place goes on counting where it stopped.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
import weakref
from mmap import mmap
from threading import Lock
from typing import Final

COLUMNS: Final = 4096
"""Numbers of each process; only those that are counted take memory."""

SPARE: Final = 2
"""Rows beside two for each process: it may be replaced before it has ended."""

_NUMBER_BYTES: Final = 8
_PROCESS, _STARTS, _FIRST_FREE = range(3)


class Table:
    """A table for so many processes, of the one that makes it and those forked from it.

    A process takes a row by locking a byte of a file that has no name and no content. The system unlocks
    it when the process ends, whatever ended it (`fcntl`, POSIX record locks).
    """

    def __init__(self, processes: int = 1, columns: int = COLUMNS) -> None:
        self._processes = processes
        self._rows = 2 * processes + SPARE
        self._columns = columns
        self._numbers = memoryview(mmap(-1, self._rows * columns * _NUMBER_BYTES)).cast("d")
        self._locks = _nameless_file()
        weakref.finalize(self, os.close, self._locks)
        self._adding = Lock()
        self._next = _FIRST_FREE
        self._base = 0
        self._joined = False

    def join(self) -> None:
        """Count in a row of this process's own from now on, once the process is forked."""
        row = self._take_row()
        self._base = row * self._columns
        self._joined = True
        self.put(_PROCESS, os.getpid())
        self.add(_STARTS)

    def _take_row(self) -> int:
        for row in range(self._rows):
            try:
                fcntl.lockf(self._locks, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, row)
            except (BlockingIOError, PermissionError):  # which of the two it is differs between systems
                continue
            return row
        return self._rows - 1  # with another process: rather a number that is wrong than no answers

    def columns(self, count: int = 1) -> int:
        """The first of so many columns that nobody has yet: the same in all processes that ask alike."""
        first, self._next = self._next, self._next + count
        if self._next > self._columns:
            raise ValueError(f"there is no room to count {self._next} numbers, but for {self._columns}")
        return first

    def add(self, column: int, amount: float = 1.0) -> None:
        """Add to a number of this process."""
        with self._adding:
            self._numbers[self._base + column] += amount

    def put(self, column: int, number: float) -> None:
        """Set a number of this process."""
        self._numbers[self._base + column] = number

    def total(self, column: int) -> float:
        """The sum of what all processes counted, also those that have ended."""
        return sum(self._numbers[column :: self._columns])

    def of_living(self, column: int) -> float:
        """The sum of what the processes have that are alive."""
        return sum(self._numbers[row * self._columns + column] for row in self.living())

    def living(self) -> dict[int, int]:
        """The processes that are alive, by their rows."""
        processes = map(int, self._numbers[_PROCESS :: self._columns])
        return {row: process for row, process in enumerate(processes) if process and _is_alive(process)}

    @property
    def is_joined(self) -> bool:
        """Whether this process has a row."""
        return self._joined

    @property
    def starts(self) -> int:
        """How many processes have joined."""
        return int(self.total(_STARTS))

    @property
    def replacements(self) -> int:
        """How many of them took the place of another: all but the first ones."""
        return max(0, self.starts - self._processes)


def _nameless_file() -> int:
    if hasattr(os, "memfd_create"):  # Linux: this needs no folder to write in
        return os.memfd_create("blogsearch-rows")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is somebody else's: ours has ended, and its number was given anew
        return False
    return True
