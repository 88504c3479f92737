"""What posts come from, as byte streams: files, folders, and members of zip, tar and gz."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from indexer.assets import is_asset, is_left_alone
from indexer.containers import Container, container_of, members
from indexer.listing import inside, listing, printable
from indexer.neighbours import FolderNeighbours, Neighbours, ZipNeighbours
from indexer.progress import Meter, Progress, metered
from indexer.record import Skipped
from search.errors import SourceNotFound, SourceRefused

HEAD_SIZE = 4096
"""How much of a source a format may look at to recognise it, in bytes."""


@dataclass
class Source:
    """One stream of bytes with a name, that can be opened again from its beginning.

    `name` is shown to people and has the path inside a folder or archive
    (`export.zip/posts/2012-03-04-hello.md`); formats may read meaning from it. `size` is in bytes,
    None where the archive does not say. `warnings` collects what a format recovered from.

    `path` is where it lies below the root of the location it was found in, and `neighbours` are the
    other files there, None where they cannot be read out of turn. `address` and `charset` are what the
    web server said of it that it was fetched from, now or when a web archive was made. A format sets
    `companion` where it found that other files have all there is in this one, so that nothing is missing.
    """

    name: str
    opener: Callable[[], BinaryIO]
    size: int | None = None
    warnings: list[str] = field(default_factory=list)
    path: str = ""
    neighbours: Neighbours | None = None
    address: str = ""
    charset: str = ""
    companion: bool = False

    def open(self) -> BinaryIO:
        """A new stream from the first byte; the caller closes it."""
        return self.opener()

    @cached_property
    def head(self) -> bytes:
        """The first 4 KiB."""
        with self.open() as stream:
            return stream.read(HEAD_SIZE)

    def warn(self, message: str) -> None:
        """Tell the user of something recovered from, once."""
        if message not in self.warnings:
            self.warnings.append(message)


def total_bytes(location: str) -> int:
    """How many bytes `walk` will have read at its end, for a progress bar; raises as `walk` does."""
    place = _existing(location)
    if place.is_dir():
        files = (entry for entry in listing(place) if isinstance(entry, Path))
        return sum(file.stat().st_size for file in files if not is_asset(inside(place, file)))
    return place.stat().st_size


def walk(location: str, progress: Progress | None = None) -> Iterator[Source | Skipped]:
    """Everything at `location` that may hold posts, one source at a time, in order of name.

    A location is a file, a folder (read with all its folders), or a zip, tar or gz of either. Names are
    `file`, `folder/path/file`, `archive.zip/path/file`: never where on this machine that is, so that
    what is derived from them is the same anywhere. A source can be opened as often as wanted until the
    next one is asked for; its streams count into `progress`.

    What cannot be read is yielded as `Skipped`, whose `where` is the name of the file. Hidden files are
    left alone and assets of folders and archives only counted (`progress.ignored`). Anything else is
    yielded: a source that no format knows is the caller's to report.

    Raises `SourceNotFound` where there is nothing, and `SourceRefused` where the location cannot be
    read at all or is an archive that is hostile, maybe after some sources of it.
    """
    place = _existing(location)
    progress = progress or Progress()
    if place.is_dir():
        return _walk_folder(place, progress)
    return _walk_file(place, place.name, progress)


def _existing(location: str) -> Path:
    """The file or folder, with any link to it followed; raises `SourceError`."""
    place = Path(location)
    try:
        found = place.resolve(strict=True)
    except (OSError, ValueError, RuntimeError) as error:
        near = _similar_names(place)
        hint = f"did you mean {near}?" if near else "give the path of an export, a folder or an archive"
        raise SourceNotFound(f"{location}: there is no such file or folder; {hint}") from error
    if not found.is_dir() and not found.is_file():
        raise SourceRefused(f"{location}: is neither a file nor a folder")
    # `.` and `..` have no name of their own; a link keeps the one its owner gave it.
    return found if place.name in {"", ".", ".."} else place.absolute()


def _similar_names(place: Path) -> str:
    try:
        names = os.listdir(place.parent)  # noqa: PTH208 - names, not paths
    except (OSError, ValueError):
        return ""
    return " or ".join(str(place.parent / name) for name in difflib.get_close_matches(place.name, names, 2))


def _walk_folder(folder: Path, progress: Progress) -> Iterator[Source | Skipped]:
    neighbours = FolderNeighbours(folder)
    for entry in listing(folder):
        if isinstance(entry, Skipped):
            yield entry
            continue
        path = inside(folder, entry)
        if is_asset(path):
            progress.ignored += 1
            continue
        name = printable(f"{folder.name or 'root'}/{path}")
        try:
            for found in _walk_file(entry, name, progress):
                if isinstance(found, Source) and found.name == name:  # not what is in a container
                    found.path, found.neighbours = printable(str(path)), neighbours
                yield found
        except SourceRefused as error:
            yield Skipped(name, str(error).removeprefix(f"{name}: "))


def _walk_file(path: Path, name: str, progress: Progress) -> Iterator[Source | Skipped]:
    """The file as one source, or the members of a container; all of it counted at the end."""
    before = progress.read
    size = 0
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            container = container_of(file.read(HEAD_SIZE), name)
            file.seek(0)
            if container:
                yield from _walk_members(path, file, container, name, progress)
            else:
                yield from _metered_source(name, lambda: path.open("rb"), size, size, progress)
    except OSError as error:
        raise SourceRefused(f"{name}: cannot be read ({error.strerror or error})") from error
    finally:
        progress.read = before + size


def _walk_members(
    path: Path, file: BinaryIO, container: Container, name: str, progress: Progress
) -> Iterator[Source | Skipped]:
    """The members of one container; those of a zip can be read out of turn, so they are neighbours."""
    with ZipNeighbours(path, name) as neighbours:
        for member in members(file, container, name, _Wanted(progress)):
            if isinstance(member, Skipped):
                yield Skipped(printable(member.where), member.why)
                continue
            full_name = printable(f"{name}/{member.name}")
            for source in _metered_source(full_name, member.open, member.size, member.stored, progress):
                source.path = printable(member.name)
                source.neighbours = neighbours if container is Container.ZIP else None
                source.address, source.charset = member.address, member.charset
                if member.warning:
                    source.warn(member.warning)
                yield source


def _metered_source(
    name: str, opener: Callable[[], BinaryIO], size: int, stored: int, progress: Progress
) -> Iterator[Source]:
    meter = Meter(progress, size, stored)
    yield Source(name, lambda: metered(opener(), meter), size)
    meter.finish()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Whether a member is worth unpacking; counts the assets that are not."""

    progress: Progress

    def __call__(self, name: str) -> bool:
        path = PurePosixPath(name)
        if is_left_alone(PurePosixPath(*(part for part in path.parts if part != ".."))):
            return False
        if is_asset(path):
            self.pass_over()
            return False
        return True

    def pass_over(self) -> None:
        self.progress.ignored += 1
