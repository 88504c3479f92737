"""Unpacked bytes, kept where only this process can see them and readable more than once."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_IN_MEMORY = 8 << 20  # larger members go to an unnamed file in the temporary folder
_CHUNK = 1 << 18


class Readable(Protocol):
    """Anything bytes can be read from, a piece at a time."""

    def read(self, size: int, /) -> bytes | None:
        """At most `size` bytes, none at the end."""


class Spool:
    """The bytes of one member: filled once, then opened as often as wanted until it is closed.

    Small ones stay in memory, others in a temporary file that has no name and goes with the process.
    """

    def __init__(self) -> None:
        self.size = 0
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by close()

    def fill(self, stream: Readable, allow: Callable[[int], None] | None = None) -> None:
        """Copy the stream to its end. What was copied before an error stays readable.

        `allow` is told the size of every piece before it is kept, and may raise.
        """
        while chunk := stream.read(_CHUNK):
            if allow:
                allow(len(chunk))
            self._file.write(chunk)
            self.size += len(chunk)

    def open(self) -> BinaryIO:
        """A new stream from the first byte."""
        return io.BufferedReader(_View(self._file, self.size))

    def head(self, size: int) -> bytes:
        """The first `size` bytes."""
        with self.open() as stream:
            return stream.read(size)

    def close(self) -> None:
        """Forget the bytes; open streams end in an error."""
        self._file.close()

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _View(io.RawIOBase):
    """One reader of a shared file, with a position of its own."""

    def __init__(self, file: tempfile.SpooledTemporaryFile[bytes], size: int) -> None:
        self._file = file
        self._size = size
        self._position = 0

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        self._file.seek(self._position)
        data = self._file.read(len(view))
        view[: len(data)] = data
        self._position += len(data)
        return len(data)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position
