"""What posts come from, as byte streams: files, folders, and members of zip, tar and gz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

from indexer.record import Skipped

HEAD_SIZE = 4096
"""How much of a source a format may look at to recognise it, in bytes."""


@dataclass
class Source:
    """One stream of bytes with a name, that can be opened again from its beginning.

    `name` is shown to people and has the path inside a folder or archive
    (`export.zip/posts/2012-03-04-hello.md`); formats may read meaning from it. `size` is in bytes,
    None where the archive does not say. `warnings` collects what a format recovered from.
    """

    name: str
    opener: Callable[[], BinaryIO]
    size: int | None = None
    warnings: list[str] = field(default_factory=list)

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


@dataclass
class Progress:
    """How far a walk has come, in bytes of the files as they lie on disk (compressed, where they are).

    `read` grows while the streams of a source are read and ends at what `total_bytes` said.
    `ignored` counts the files of folders and archives that are not for us: images, scripts, styles.
    """

    read: int = 0
    ignored: int = 0


def total_bytes(location: str) -> int:
    """How many bytes `walk` will read at most, for a progress bar; raises as `walk` does."""
    raise NotImplementedError


def walk(location: str, progress: Progress | None = None) -> Iterator[Source | Skipped]:
    """Everything at `location` that may hold posts, one source at a time, in order of name.

    A location is a file, a folder (read with all its folders), or a zip, tar or gz of either. A source
    can be opened as often as wanted until the next one is asked for. What cannot be read is yielded
    as `Skipped`, whose `where` is the name of the file; a source that no format knows is the caller's
    to report. Raises `SourceNotFound` or `SourceRefused` for the location or an archive as a whole;
    the streams raise `SourceRefused` when an archive turns out to lie.
    """
    raise NotImplementedError
