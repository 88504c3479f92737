"""Small programs that put new content in the place of old: one as it should be, others each with a mistake.

They show what the tortures are good for: each mistake is found by the one that is made for it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

NAME: Final = "content"
OLD: Final = b"the old content " * 400
NEW: Final = b"the new content, which is longer " * 400


def begin(data: Path) -> None:
    """Make the folder with the old content that each begins with."""
    data.mkdir()
    (data / NAME).write_bytes(OLD)


def careful(folder: Path) -> None:
    """Beside the old, synced, renamed, and the folder synced: nothing can go wrong."""
    data = folder / "data"
    _write(data / "new", NEW, sync=True)
    (data / "new").rename(data / NAME)
    _sync(data)


def in_place(folder: Path) -> None:
    """Over the old: whoever is killed meanwhile has neither."""
    _write(folder / "data" / NAME, NEW, sync=True)


def unsynced(folder: Path) -> None:
    """Renamed before the content is on the disk: the name may be there without it."""
    data = folder / "data"
    _write(data / "new", NEW, sync=False)
    (data / "new").rename(data / NAME)
    _sync(data)


def unsynced_name(folder: Path) -> None:
    """The content is on the disk and its name is not: it ends well and the old may come back."""
    data = folder / "data"
    _write(data / "new", NEW, sync=True)
    (data / "new").rename(data / NAME)


def heedless(folder: Path) -> None:
    """A sync that fails is taken for one that did not."""
    data = folder / "data"
    with suppress(OSError):
        _write(data / "new", NEW, sync=True)
    (data / "new").rename(data / NAME)
    _sync(data)


def _write(path: Path, content: bytes, *, sync: bool) -> None:
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(content), 4096):
            file.write(content[start : start + 4096])
        if sync:
            os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
