"""Arrays that lie in files without a name, so that they take no memory of their own.

The system writes them out where it needs the memory for something else, and takes the files back as soon as
no array of theirs is left, however the process ends.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, Protocol
from weakref import finalize

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Room(Protocol):
    """Makes arrays of so many numbers of a kind, in memory (`np.empty`) or in files."""

    def __call__(self, count: int, kind: DTypeLike, /) -> NDArray[Any]:
        """An array; what is in it is not defined."""
        ...


class Scratch:
    """Makes arrays in files in a folder. Raises `OSError` where there is no space for one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, count: int, kind: DTypeLike, /) -> NDArray[Any]:
        """An array, in a file unless it is empty."""
        size = count * np.dtype(kind).itemsize
        if not size:
            return np.zeros(0, kind)
        with TemporaryFile(dir=self._folder) as file:
            if hasattr(os, "posix_fallocate"):  # else a full disk would be noticed by a signal that kills
                os.posix_fallocate(file.fileno(), 0, size)
            else:
                file.truncate(size)
            return np.frombuffer(mmap.mmap(file.fileno(), size), kind)


class Spill:
    """Numbers that are put into a file, portion by portion, as they come."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - open until this object is gone, or joined
        finalize(self, self._file.close)

    def add(self, numbers: NDArray[np.int32]) -> None:
        """Put numbers behind those that are there."""
        self._file.write(numbers.tobytes())

    def joined(self, others: Sequence[Spill] = ()) -> NDArray[np.int32]:
        """Its numbers, then those of others, as one array. All are given up."""
        for other in others:
            other._file.seek(0)
            copyfileobj(other._file, self._file)
            other._file.close()
        size = self._file.tell()
        self._file.flush()
        with self._file as file:
            return np.frombuffer(mmap.mmap(file.fileno(), size), np.int32) if size else np.zeros(0, np.int32)
