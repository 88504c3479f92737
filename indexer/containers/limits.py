"""How much an archive may hold, and what reading a damaged one raises."""

from __future__ import annotations

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

from indexer.spool import Readable
from search.errors import SourceRefused

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_READ = 2 << 30
"""How many bytes of members are unpacked from one archive, at most."""

MOST_MEMBERS = 200_000
"""How many members one archive may have."""

MOST_RATIO = 100
"""How many times its size an archive may unpack to: text compresses 3 to 20 times, bombs 1,000."""

_RATIO_MATTERS_FROM = 1 << 20  # a few repetitive kilobytes can compress well and harm nobody

DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,  # offsets before the file's beginning, names in no encoding
    NotImplementedError,  # a compression method that zipfile does not know
)
"""What the standard library raises for archives that are damaged or cut off."""


def out_of_proportion(unpacked: int, stored: int) -> bool:
    """Whether so few stored bytes have no business giving so many."""
    return unpacked > _RATIO_MATTERS_FROM and unpacked > MOST_RATIO * max(stored, 1)


class Allowance:
    """What may still be read of one archive, called `name` in messages."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._members = 0
        self._read = 0

    def take_member(self) -> None:
        """Count one more member; raises `SourceRefused`."""
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise SourceRefused(f"{self.name}: has more than {MOST_MEMBERS:,} members")

    def take(self, size: int) -> None:
        """Count so many more bytes unpacked; raises `SourceRefused`."""
        self._read += size
        if self._read > MOST_READ:
            raise SourceRefused(f"{self.name}: holds more than {MOST_READ >> 30} GB; unpack it yourself")


class Guarded(io.RawIOBase):
    """What is unpacked from `raw`, refused where it grows out of all proportion to what was stored."""

    def __init__(self, unpacked: Readable, raw: BinaryIO, name: str) -> None:
        self._unpacked = unpacked
        self._raw = raw
        self._name = name
        self._read = 0

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Unpack some more; raises `SourceRefused`."""
        view = memoryview(buffer).cast("B")
        data = self._unpacked.read(len(view)) or b""
        view[: len(data)] = data
        self._read += len(data)
        if out_of_proportion(self._read, self._raw.tell()):
            raise SourceRefused(f"{self._name}: unpacks to over {MOST_RATIO} times its size, as bombs do")
        return len(data)

    def readable(self) -> bool:
        """Always."""
        return True
