"""What posts come from, as byte streams: files, folders, and members of zip, tar and gz."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

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
