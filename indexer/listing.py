"""The files below a folder, in a stable order and never outside of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from indexer.assets import is_left_alone
from indexer.record import Skipped


def listing(folder: Path) -> Iterator[Path | Skipped]:
    """The files below a folder in the order of their paths; what is hidden or a link is left out."""
    root = folder.resolve()
    pending = [folder]
    while pending:
        path = pending.pop()
        name = printable(f"{folder.name}/{inside(folder, path)}")
        try:
            if path != folder and path.is_symlink():
                if not path.resolve().is_relative_to(root):
                    yield Skipped(name, "is a link that leads out of the folder, which is not followed")
            elif path.is_dir():
                children = [child for child in path.iterdir() if not is_left_alone(inside(folder, child))]
                pending.extend(sorted(children, reverse=True))
            elif path.is_file():
                yield path
            else:
                yield Skipped(name, "is neither a file nor a folder")
        except (OSError, RuntimeError) as error:
            yield Skipped(name, f"cannot be read ({error})")


def inside(folder: Path, path: Path) -> PurePosixPath:
    """Where the path lies below the folder."""
    return PurePosixPath(path.relative_to(folder).as_posix())


def printable(name: str) -> str:
    """A file's name as text that can be stored and shown, whatever bytes it has."""
    return os.fsencode(name).decode("utf-8", "replace").replace("\0", "")
