"""Sources made of bytes in memory, and the smallest exports that hold given items."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, cast

from indexer.record import Record
from indexer.source import Source

WXR_HEAD = (
    b'<rss xmlns:wp="http://wordpress.org/export/1.2/" '
    b'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>B</title>'
)
WXR_FOOT = b"</channel></rss>"


class Pieces(io.RawIOBase):
    """A stream of bytes that are made when they are read, so that it can be larger than memory."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        piece = self._rest or next(self._pieces, b"")
        size = min(len(view), len(piece))
        view[:size] = piece[:size]
        self._rest = piece[size:]
        return size


def source_of(content: bytes, name: str = "export.xml") -> Source:
    """A source with that content."""
    return Source(name, lambda: io.BytesIO(content), len(content))


def source_of_pieces(pieces: Callable[[], Iterator[bytes]]) -> Source:
    """A source that is made anew each time it is opened."""
    return Source("large.xml", lambda: cast(BinaryIO, io.BufferedReader(Pieces(pieces()))))


def wxr(*items: bytes) -> Source:
    """A WordPress export of these items."""
    return source_of(WXR_HEAD + b"".join(items) + WXR_FOOT)


def item(title: bytes, body: bytes = b"Text.") -> bytes:
    """One item of a WordPress export."""
    return b"<item><title>%s</title><content:encoded><![CDATA[%s]]></content:encoded></item>\n" % (
        title,
        body,
    )


def summary(records: Iterable[Record]) -> list[str]:
    """Each record as its title, or as why it was skipped."""
    return [getattr(record, "title", "") or getattr(record, "why", "") for record in records]
