"""The folder of generations: which one is published, which are whole, and how a new one takes over.

    index/CURRENT        the name of the published generation
    index/000040/        the two before, for whoever still pages through them and as a way back
    index/000041/
    index/000042/        files, and MANIFEST.json with the size and checksum of each
    index/000043.building/   one being built; left behind only by a writer that was killed

A published generation is never changed. Files and folders are synced before `CURRENT` names them.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from search.engine import Generation
from search.engines.whoosh.publishing.manifest import Manifest

CURRENT: Final = "CURRENT"
BUILDING: Final = ".building"

KEPT: Final = 2
"""How many generations are kept besides the published one: what of them is the same takes no room."""

Stamp: TypeAlias = tuple[int, int, int] | None
"""What tells one state of `CURRENT` from another; None where there is no such file."""

_NAME = re.compile(r"\d{6,}", re.ASCII)
_log = logging.getLogger(__name__)


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

    def stamp(self) -> Stamp:
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

    def check(self, name: str) -> Manifest:
        """The manifest of a generation all of whose files are as they were written.

        Raises `OSError` or `ValueError` where it is not so.
        """
        manifest = Manifest.read(self.path(name))
        manifest.check(self.path(name))
        return manifest

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

    def seal(self, building: Path, posts: int, comments: int, segments: Iterable[str]) -> Generation:
        """Write the manifest of a complete folder and put everything in it on disk."""
        manifest = Manifest.of(building, posts, comments, segments)
        manifest.write(building)
        for path in sorted(building.iterdir()):
            path.chmod(0o600)
            _sync(path)
        _sync(building)
        return Generation(self.named(building), posts, comments, manifest.digest)

    def named(self, building: Path) -> str:
        """The name that the generation built in this folder will have."""
        return building.name.removesuffix(BUILDING)

    def publish(self, building: Path, generation: Generation) -> None:
        """Make a sealed folder the current generation, in one step that cannot be seen half done."""
        replaced = self.newest()
        others = [name for name in self.names() if name != replaced]
        building.rename(self.path(generation.name))
        _sync(self.folder)
        self.point_to(generation.name)
        for name in others[KEPT - 1 :]:
            shutil.rmtree(self.path(name))

    def point_to(self, name: str) -> None:
        """Make a generation that is on the disk the current one."""
        temporary = self.folder / f"{CURRENT}.new"
        temporary.write_text(f"{name}\n", encoding="ascii")
        temporary.chmod(0o600)
        _sync(temporary)
        temporary.replace(self.folder / CURRENT)
        _sync(self.folder)

    def _remove_leftovers(self) -> None:
        """What a killed writer left: a folder being built, or one that was never made current."""
        current = self.current()
        unpublished = [name for name in self.names() if current and int(name) > int(current)]
        half_built = [path.name for path in self.folder.glob(f"*{BUILDING}")]
        for name in unpublished + half_built:
            _log.warning("removing %s, left behind by a writer that did not finish", self.folder / name)
            shutil.rmtree(self.folder / name)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
