"""Bytes packed with Brotli, unpacked as they are asked for. https://www.rfc-editor.org/rfc/rfc7932"""

from __future__ import annotations

from typing import TYPE_CHECKING

import brotli

if TYPE_CHECKING:
    from indexer.spool import Readable

_PIECE = 1 << 14  # bytes read at once


class Brotlied:
    """The unpacked bytes of one stream; they end where it ends, or where it is damaged.

    After the end, `damage` says what was wrong with it, empty where nothing was. Bytes that follow the
    stream are damage, and a stream of no bytes at all is nothing.
    """

    def __init__(self, packed: Readable) -> None:
        self.damage = ""
        self._packed = packed
        self._unpacker = brotli.Decompressor()
        self._unpacked = b""
        self._begun = False

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""
        while not (self._unpacked or self.damage or self._unpacker.is_finished()):
            more = b""
            if self._unpacker.can_accept_more_data():
                more = self._packed.read(_PIECE) or b""
                if not more:
                    self.damage = "it is cut off" if self._begun else ""
                    break
                self._begun = True
            try:
                # The limit is one of a buffer that grows in steps: somewhat more may come.
                self._unpacked = self._unpacker.process(more, output_buffer_limit=size)
            except brotli.error:
                self.damage = "it is damaged (no stream of Brotli)"
        piece, self._unpacked = self._unpacked[:size], self._unpacked[size:]
        return piece


def is_brotlied(beginning: bytes) -> bool:
    """Whether some bytes may be the beginning of such a stream, which has no mark of its own."""
    try:
        brotli.Decompressor().process(beginning, output_buffer_limit=1)
    except brotli.error:
        return False
    return True
