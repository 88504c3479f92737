"""The other files of a source's folder or archive, for formats that keep one post in several files."""

from __future__ import annotations

import zipfile
from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar, cast

from indexer.assets import is_left_alone
from indexer.containers import open_zip, read_zip_member, unsafe_name
from indexer.listing import inside, listing, printable

_Made = TypeVar("_Made")

LARGEST = 50_000_000
"""How large a file may be to be read as a neighbour, in bytes."""


class Neighbours(Protocol):
    """The files below the root of one walked location, under the same guards as its sources.

    Paths are relative to that root, with `/` between their parts: `posts.csv`, `_data/comments/a/1.yml`.
    """

    def read(self, path: str) -> bytes | None:
        """What the file holds, at most 50 MB; None where there is no such file, or none that may be read."""

    def names(self, folder: str = "") -> Sequence[str]:
        """The paths of all files at any depth below a folder, sorted; those of assets too."""

    def once(self, make: Callable[[Neighbours], _Made]) -> _Made:
        """What `make` gives for these files, made once for as long as the location is walked."""


class _Memory:
    """What has been made of the files so far, by the function that made it."""

    def __init__(self) -> None:
        self._made: dict[object, object] = {}

    def once(self: Neighbours, make: Callable[[Neighbours], _Made]) -> _Made:
        """As `Neighbours.once`."""
        made = cast("_Memory", self)._made
        if make not in made:
            made[make] = make(self)
        return cast(_Made, made[make])


class FolderNeighbours(_Memory):
    """The files of a folder. Links that lead out of it, and hidden files, are as if they were not there."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root.resolve()

    def read(self, path: str) -> bytes | None:
        """As `Neighbours.read`."""
        if unsafe_name(path) or is_left_alone(PurePosixPath(path)):
            return None
        try:
            place = (self._root / path).resolve()
            if not place.is_relative_to(self._root) or not place.is_file():
                return None
            with place.open("rb") as stream:
                content = stream.read(LARGEST + 1)
        except (OSError, ValueError, RuntimeError):
            return None
        return content if len(content) <= LARGEST else None

    def names(self, folder: str = "") -> Sequence[str]:
        """As `Neighbours.names`."""
        return _below(folder, self._names)

    @cached_property
    def _names(self) -> Sequence[str]:
        found = (entry for entry in listing(self._root) if isinstance(entry, Path))
        return sorted(printable(str(inside(self._root, path))) for path in found)


class ZipNeighbours(_Memory):
    """The members of a zip, opened when the first is asked for and until `close`.

    For members of archives that have been refused, or that are refused by themselves, there is no asking.
    """

    def __init__(self, path: Path, name: str) -> None:
        super().__init__()
        self._path = path
        self._name = name
        self._open = ExitStack()

    def read(self, path: str) -> bytes | None:
        """As `Neighbours.read`; raises `SourceRefused` where the zip as a whole is refused."""
        info = self._members.get(path)
        return read_zip_member(self._archive, info, LARGEST) if info else None

    def names(self, folder: str = "") -> Sequence[str]:
        """As `Neighbours.names`; raises `SourceRefused` where the zip as a whole is refused."""
        return _below(folder, self._names)

    def close(self) -> None:
        """Let go of the file; nothing may be asked for afterwards."""
        self._open.close()

    def __enter__(self) -> ZipNeighbours:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        stream = self._open.enter_context(self._path.open("rb"))
        return self._open.enter_context(open_zip(stream, self._name))

    @cached_property
    def _members(self) -> dict[str, zipfile.ZipInfo]:
        return {
            info.filename: info
            for info in self._archive.infolist()
            if not info.filename.endswith("/") and not is_left_alone(PurePosixPath(info.filename))
        }

    @cached_property
    def _names(self) -> Sequence[str]:
        return sorted(self._members)


def _below(folder: str, names: Sequence[str]) -> Sequence[str]:
    """Those of the sorted names that lie in the folder."""
    beginning = folder.strip("/")
    if not beginning:
        return names
    after = chr(ord("/") + 1)
    return names[bisect_left(names, f"{beginning}/") : bisect_left(names, beginning + after)]
