"""Compressed bytes unpacked as they are asked for; what was wrong with them is kept, not passed over."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from indexer.spool import Readable

GZIP, ZLIB, RAW = 31, 15, -15
"""How deflated bytes are framed, in the numbers of `zlib`."""

_PIECE = 1 << 14  # bytes read at once: little, for what is left over at the end is read again


class Inflating(io.RawIOBase):
    """The unpacked bytes of one deflated stretch; they end where it ends, or where it is damaged.

    After the end, `damage` says what was wrong with it, empty where nothing was, and `left` how many
    bytes were read from `packed` that are no part of it.
    """

    def __init__(self, packed: Readable, framing: int) -> None:
        self.damage = ""
        self.unpacked = 0
        self._packed = packed
        self._inflater = zlib.decompressobj(framing)

    @property
    def left(self) -> int:
        """How many bytes were read beyond the end."""
        return len(self._inflater.unused_data)

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Unpack some more; none at the end and at damage."""
        view = memoryview(buffer).cast("B")
        while not (self._inflater.eof or self.damage):
            packed = self._inflater.unconsumed_tail or self._packed.read(_PIECE)
            if not packed:
                self.damage = "it is cut off"
                break
            try:
                data = self._inflater.decompress(packed, len(view))
            except zlib.error as error:
                self.damage = f"it is damaged ({error})"
                break
            if data:
                view[: len(data)] = data
                self.unpacked += len(data)
                return len(data)
        return 0

    def readable(self) -> bool:
        """Always."""
        return True
