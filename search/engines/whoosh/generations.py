"""The folder of generations: which one is published, which are whole, and how a new one takes over.

    index/CURRENT        the name of the published generation
    index/000041/        the one before, for whoever still reads it and as a way back
    index/000042/        files, and MANIFEST.json with the size and checksum of each
    index/000043.building/   one being built; left behind only by a writer that was killed

A published generation is never changed. Files and folders are synced before `CURRENT` names them.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final

from search.engine import Generation

CURRENT: Final = "CURRENT"
MANIFEST: Final = "MANIFEST.json"
BUILDING: Final = ".building"

_NAME = re.compile(r"\d{6,}", re.ASCII)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What the manifest says of one file: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


class Generations:
    """The generations in one folder, which need not exist yet. Writing is for one process at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """The folder of a generation."""
        return self.folder / name

    def current(self) -> str:
        """The name that `CURRENT` holds, or nothing where there is none or it holds no name."""
        try:
            name = (self.folder / CURRENT).read_text(encoding="ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return ""
        return name if _NAME.fullmatch(name) else ""

    def stamp(self) -> tuple[int, int, int] | None:
        """What changes whenever a generation is published; cheap enough to ask for at every search."""
        try:
            status = (self.folder / CURRENT).stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    def names(self) -> list[str]:
        """All generations there are, the newest first, whether or not they are whole."""
        if not self.folder.is_dir():
            return []
        found = [path.name for path in self.folder.iterdir() if _NAME.fullmatch(path.name)]
        return sorted(found, key=int, reverse=True)

    def newest(self) -> str:
        """The published generation or, where `CURRENT` was lost or not yet written, the newest there is."""
        return self.current() or next(iter(self.names()), "")

    def exist(self) -> bool:
        """Whether anything was ever published here, readable or not."""
        return bool(self.names()) or (self.folder / CURRENT).exists()

    def manifest(self, name: str) -> tuple[Generation, dict[str, FileEntry]]:
        """What a generation says of itself; raises `OSError` or `ValueError`."""
        data: Any = json.loads((self.path(name) / MANIFEST).read_text(encoding="utf-8"))
        try:
            files = {file: FileEntry(**entry) for file, entry in data["files"].items()}
            return Generation(name, int(data["posts"]), int(data["comments"])), files
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"{self.path(name) / MANIFEST} is not a manifest") from error

    def check(self, name: str) -> Generation:
        """Make sure every file of a generation is as it was written; raises `OSError` or `ValueError`.

        A wrong byte would be a wrong answer, so all of them are read: a second for some 2 GB.
        """
        generation, files = self.manifest(name)
        for file, entry in files.items():
            found = _entry(self.path(name) / file)
            if found.size != entry.size:
                raise ValueError(
                    f"{self.path(name) / file} has {found.size:,} bytes instead of {entry.size:,}"
                )
            if found != entry:
                raise ValueError(f"{self.path(name) / file} is not as it was written")
        return generation

    def candidates(self) -> Iterator[str]:
        """Names to try to open: the published one, then those before it, then any other, newest first."""
        current, names = self.current(), self.names()
        if current:
            yield current
        older = [name for name in names if current and int(name) < int(current)]
        yield from older
        yield from (name for name in names if name != current and name not in older)

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A new folder to build the next generation in. It is gone afterwards unless `publish` took it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._remove_leftovers()
        newest = max([int(name) for name in [*self.names(), self.current()] if name], default=0)
        folder = self.folder / f"{newest + 1:06d}{BUILDING}"
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            if folder.exists():
                shutil.rmtree(folder)

    def seal(self, building: Path, posts: int, comments: int) -> Generation:
        """Write the manifest of a complete folder and put everything in it on disk."""
        files = sorted(path for path in building.iterdir() if path.name != MANIFEST)
        entries = {path.name: asdict(_entry(path)) for path in files}
        manifest = {"posts": posts, "comments": comments, "files": entries}
        (building / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        for path in [*files, building / MANIFEST]:
            path.chmod(0o600)
            _sync(path)
        _sync(building)
        return Generation(building.name.removesuffix(BUILDING), posts, comments)

    def publish(self, building: Path, generation: Generation) -> None:
        """Make a sealed folder the current generation, in one step that cannot be seen half done."""
        replaced = self.newest()
        building.rename(self.path(generation.name))
        _sync(self.folder)
        temporary = self.folder / f"{CURRENT}.new"
        temporary.write_text(f"{generation.name}\n", encoding="ascii")
        temporary.chmod(0o600)
        _sync(temporary)
        temporary.replace(self.folder / CURRENT)
        _sync(self.folder)
        for name in self.names():
            if name not in (generation.name, replaced):
                shutil.rmtree(self.path(name))

    def _remove_leftovers(self) -> None:
        """What a killed writer left: a folder being built, or one that was never made current."""
        current = self.current()
        unpublished = [name for name in self.names() if current and int(name) > int(current)]
        half_built = [path.name for path in self.folder.glob(f"*{BUILDING}")]
        for name in unpublished + half_built:
            _log.warning("removing %s, left behind by a writer that did not finish", self.folder / name)
            shutil.rmtree(self.folder / name)


def _entry(path: Path) -> FileEntry:
    with path.open("rb") as file:
        return FileEntry(path.stat().st_size, file_digest(file, "sha256").hexdigest())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
