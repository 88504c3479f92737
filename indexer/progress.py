"""How much of a location has been read: what a progress bar shows."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER = 1 << 16


@dataclass
class Progress:
    """How far a walk has come, in bytes of the files as they lie on disk (compressed, where they are).

    `read` grows while the streams of a source are read and ends at what `total_bytes` said.
    `ignored` counts the files of folders and archives that are not for us: images, scripts, styles.
    """

    read: int = 0
    ignored: int = 0


class Meter:
    """Counts one source into a `Progress`, however often it is opened and read.

    Args:
        progress: what to count into.
        size: the length of the source's streams, in bytes.
        stored: how many bytes of the location it takes up: fewer than `size` where it is compressed.
    """

    def __init__(self, progress: Progress, size: int, stored: int) -> None:
        self._progress = progress
        self._size = size
        self._stored = stored
        self._counted = 0

    def reached(self, position: int) -> None:
        """A stream has been read up to `position`; only what no stream had reached before counts."""
        share = self._stored * min(position, self._size) // self._size if self._size else self._stored
        if share > self._counted:
            self._progress.read += share - self._counted
            self._counted = share

    def finish(self) -> None:
        """The source is done with, whether it was read to its end or not."""
        self.reached(self._size)


def metered(stream: BinaryIO, meter: Meter) -> BinaryIO:
    """The stream, buffered, telling `meter` how far it has been read."""
    return io.BufferedReader(_Metered(stream, meter), _BUFFER)


class _Metered(io.RawIOBase):
    def __init__(self, stream: BinaryIO, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self._meter.reached(self._stream.tell())
        return len(data)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def close(self) -> None:
        self._stream.close()
        super().close()
