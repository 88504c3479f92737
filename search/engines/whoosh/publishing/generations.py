"""The folder of generations: which one is published, which are whole, and how a new one takes over.

    index/CURRENT        the name of the published generation
    index/000040/        the two before, for whoever still pages through them and as a way back
    index/000041/
    index/000042/        files, and MANIFEST.json with the size and checksum of each
    index/000043.building/   one being built
    index/CURRENT.new        what `CURRENT` is about to say
    index/000039.removed/    one being removed; these three are left behind only by a writer that was killed

A published generation is never changed. It is made in this order, each step on the disk before the next:

1. the files in `000043.building/`, then the names in that folder;
2. the folder's own name, `000043`: from here on all of it is there, and nobody reads it;
3. `CURRENT.new`, which takes the last room on the disk that publishing needs; those who serve see it and open
   what it names (`watch`), which the writer waits for (`attendance`), so that nobody who searches has to;
4. the archive commits what the generation was made of, and that it is at `000043` now (`confirm`);
5. `CURRENT`, by a rename.

Up to the commit, a crash leaves what nobody names: the next writer clears it away. From the commit on, the
archive names a generation that is complete: readers go to it, whatever `CURRENT` says, and the next writer
makes `CURRENT` say it. So nothing that needs the disk to have room, or to do its work, is between the two.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeAlias

from search.durable import make_folder, sync, write
from search.engine import Generation
from search.engines.whoosh.publishing.attendance import wait_for_readers
from search.engines.whoosh.publishing.manifest import Manifest

CURRENT: Final = "CURRENT"
NEXT: Final = "CURRENT.new"
BUILDING: Final = ".building"
REMOVED: Final = ".removed"

KEPT: Final = 2
"""How many generations are kept besides the published one: what of them is the same takes no room."""

Stamp: TypeAlias = tuple[int, int, int] | None
"""What tells one state of `CURRENT` from another; None where there is no such file."""

Marks: TypeAlias = frozenset[tuple[str, int, int, int]]
"""What tells one state of a generation's files from another; empty where its folder cannot be read."""

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
        return self._name_in(CURRENT)

    def announced_name(self) -> str:
        """The name of the generation that may be published next; empty where none is about to be."""
        return self._name_in(NEXT)

    def _name_in(self, file: str) -> str:
        try:
            name = (self.folder / file).read_text(encoding="ascii").strip()
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

    def marks(self, name: str) -> Marks:
        """What changes whenever a file of a generation is replaced or written to. None is read."""
        try:
            with os.scandir(self.path(name)) as files:
                found = [(file.name, file.stat()) for file in files]
        except OSError:
            return frozenset()
        return frozenset((file, each.st_ino, each.st_mtime_ns, each.st_size) for file, each in found)

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
        """A new folder to build the next generation in. It is gone afterwards unless `complete` took it."""
        make_folder(self.folder)
        newest = max([int(name) for name in [*self.names(), self.current()] if name], default=0)
        folder = self.folder / f"{newest + 1:06d}{BUILDING}"
        remove(folder)  # left behind by a writer that was killed
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            remove(folder)

    def seal(self, building: Path, posts: int, comments: int, segments: Iterable[str]) -> Generation:
        """Write the manifest of a complete folder and put everything in it on disk."""
        manifest = Manifest.of(building, posts, comments, segments)
        manifest.write(building)
        for path in sorted(building.iterdir()):
            path.chmod(0o600)
            sync(path)
        sync(building)
        return Generation(self.named(building), posts, comments, manifest.digest)

    def named(self, building: Path) -> str:
        """The name that the generation built in this folder will have."""
        return building.name.removesuffix(BUILDING)

    @contextmanager
    def complete(self, building: Path) -> Iterator[Path]:
        """Give a sealed folder its name, on the disk. It is gone afterwards where the block raises."""
        folder = self.path(self.named(building))
        building.rename(folder)
        try:
            sync(self.folder)
            yield folder
        except BaseException:
            self._remove(folder.name)
            raise

    @contextmanager
    def announced(self, name: str) -> Iterator[None]:
        """Write beside `CURRENT` what it is to say next, so that only a name is left to be changed.

        Those who serve have it open when the block begins, unless that takes them too long. Where the block
        raises, nothing is announced any more.
        """
        try:
            write(self.folder / NEXT, f"{name}\n")
            wait_for_readers(self.folder)
            yield
        except BaseException:
            (self.folder / NEXT).unlink(missing_ok=True)
            raise

    def switch(self) -> None:
        """Make the announced generation the current one, in one step that cannot be seen half done."""
        (self.folder / NEXT).replace(self.folder / CURRENT)
        sync(self.folder)

    def prune(self, before: str, suspected: Collection[str] = ()) -> None:
        """Remove all but the current generation and `KEPT` others: that `before` it, and the newest.

        Those of the `suspected` that are damaged are no way back: they take the place of none.
        """
        current, names = self.current(), self.names()
        damaged = [name for name in names if name in suspected and name != current and self._is_damaged(name)]
        kept = {current, before}.difference(damaged)
        others = [name for name in names if name not in kept and name not in damaged]
        for name in (*damaged, *others[max(KEPT + 1 - len(kept), 0) :]):
            self._remove(name)

    def _is_damaged(self, name: str) -> bool:
        """Whether a file is not as it was written; one that cannot be read just now may well be."""
        try:
            self.check(name)
        except (FileNotFoundError, ValueError):
            return True
        except OSError:
            return False
        return False

    def clear(self, latest: str) -> None:
        """Remove what killed writers left, `latest` being the newest generation that ever was published.

        Newer ones are complete, but what they were made of was never committed.
        """
        newest = max([int(name) for name in (latest, self.current()) if name], default=0)
        for name in self.names():
            if int(name) > newest:
                _log.warning("removing %s, whose writer did not finish", self.path(name))
                self._remove(name)
        for path in (*self.folder.glob(f"*{BUILDING}"), *self.folder.glob(f"*{REMOVED}")):
            remove(path)
        (self.folder / NEXT).unlink(missing_ok=True)

    def _remove(self, name: str) -> None:
        """Remove a generation under another name, for what is left halfway is none."""
        removed = self.folder / f"{name}{REMOVED}"
        remove(removed)
        self.path(name).rename(removed)
        sync(self.folder)  # or files could be gone after a power cut, and the name be back
        remove(removed)


def remove(folder: Path) -> None:
    """Remove a folder with all in it, if it is there."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
