"""What has to be on the disk, and not only on its way there, before anybody is told of it.

A file that was written is safe once it is synced, and its name once the folder that it is in is; that holds
for a folder that was made, for a name that was changed, and for one that was taken away.
"""

from __future__ import annotations

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Put a file, or the names in a folder, on the disk; raises `OSError` where the disk refuses."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """Make a folder that only its owner can read, and those it is in, so that they last."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    sync(path.parent)


def replace(path: Path, content: str) -> None:
    """Put other content into a small file: whoever reads it meanwhile, or after a crash, has old or new."""
    draft = path.with_name(f"{path.name}.new")
    write(draft, content)
    draft.replace(path)
    sync(path.parent)


def write(path: Path, content: str) -> None:
    """Write a file that only its owner can read, and put it on the disk; its folder is the caller's."""
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", errors="replace") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
