"""A stretch of bytes that holds records one after another: a plain WARC, or one compressed part of one."""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING, BinaryIO

from indexer.containers.inflating import GZIP, Inflating
from indexer.containers.limits import MOST_RATIO, out_of_proportion
from search.errors import SourceRefused

GZIP_MAGIC = b"\x1f\x8b\x08"
PIECE = 1 << 16
"""How many bytes are read at once."""

_LONGEST_LINE = 1 << 16
_LONGEST_HEADER = 1 << 18  # bytes of lines read one after another
_PROPER_END = 2  # blank lines after the content of a WARC record
_LOOKED_AT = 4_096  # bytes
_VERSION = re.compile(rb"WARC/\d\.\d{1,3}\s*")
CUT_OFF = "it is cut off, or damaged"
_ARC_FIELDS = 5  # address, IP address, time, media type, length


if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class BadHeader(ValueError):
    """A header that no software writes."""


def begins_record(line: bytes) -> bool:
    """Whether a line is the first of a record: the version in a WARC, all there is to say in an ARC."""
    if line.startswith(b"WARC/"):
        return _VERSION.fullmatch(line) is not None
    fields = line.rsplit(b" ", _ARC_FIELDS - 1)
    return (
        len(fields) == _ARC_FIELDS
        and b":" in fields[0][:20]
        and fields[2].isdigit()
        and 12 <= len(fields[2]) <= 18
    )


def is_web_archive(head: bytes) -> bool:
    """Whether these first bytes, compressed or not, are those of a WARC or ARC; 512 are enough."""
    start = _unpacked(head)
    return start.startswith(b"filedesc:") or _VERSION.match(start) is not None


def holds_record(packed: bytes) -> bool:
    """Whether these compressed bytes are those that a record begins with."""
    return begins_record(_unpacked(packed).partition(b"\n")[0] + b"\n")


def _unpacked(head: bytes) -> bytes:
    if not head.startswith(GZIP_MAGIC):
        return head
    try:
        return zlib.decompressobj(GZIP).decompress(head, PIECE)
    except zlib.error:
        return b""


class Stretch:
    """Bytes to be read from front to back, whose lines are never longer than they should be.

    `size` is given for a plain file: what is wrong with a record can then be known before it is read.
    """

    def __init__(self, stream: BinaryIO | io.BufferedReader, size: int | None = None) -> None:
        self._stream = stream
        self._size = size
        self._waiting = b""  # the line that was looked at and not taken
        self._of_header = 0
        self._place = 0  # that the stream is at

    def tell(self) -> int:
        """How many bytes from the beginning the next one is."""
        return self._place - len(self._waiting)

    def read(self, size: int) -> bytes:
        """At most `size` bytes, none at the end."""
        self._of_header = 0
        data = self._stream.read(min(size, PIECE))
        self._place += len(data)
        return data

    def readline(self, size: int = _LONGEST_LINE) -> bytes:
        """The next line, or its first `size` bytes; raises `BadHeader`."""
        line = self._line(size)
        self._of_header += len(line)
        if len(line) == _LONGEST_LINE or self._of_header > _LONGEST_HEADER:
            raise BadHeader("it is longer than any that software writes")
        return line

    def next_line(self) -> bytes:
        """The next line that is not blank, or its first 64 KB; empty at the end."""
        self._of_header = 0
        line, self._waiting = self._waiting or b"\n", b""
        while line and not line.strip():
            line = self._line()
        return line

    def to_next_record(self) -> None:
        """Go on to the next line that begins a record, or to the end."""
        while line := self.next_line():
            if begins_record(line):
                self._waiting = line
                return

    @property
    def is_plain(self) -> bool:
        """Whether it is a plain file, in which any byte can be gone to."""
        return self._size is not None

    def go_to(self, place: int) -> None:
        """Go to a byte of a plain file; nothing is done to others, which are read to their end."""
        if self.is_plain:
            self._waiting = b""
            self._place = self._stream.seek(place)

    def wrong_after(self, length: int) -> str:
        """What is wrong with content of this length that begins here, where it can be known already."""
        if self._size is None:
            return ""
        start = self.tell()
        if start + length > self._size:
            return CUT_OFF
        self.go_to(start + length)
        wrong = self.wrong_here()
        self.go_to(start)
        return wrong

    def wrong_here(self) -> str:
        """What is wrong where content has ended: neither a proper end nor another record comes after it."""
        for _ in range(_PROPER_END):
            self._waiting = self._waiting or self._line()
            if not self._waiting or begins_record(self._waiting):
                return ""
            if self._waiting.strip():
                return "it has another length than it says"
            self._waiting = b""
        return ""

    def _line(self, size: int = _LONGEST_LINE) -> bytes:
        line = self._stream.readline(min(size, _LONGEST_LINE))
        self._place += len(line)
        return line


class Members(io.RawIOBase):
    """What is unpacked of `file` from its place on, until a compressed part begins that begins a record.

    `before` is how many bytes were unpacked of it already; `unpacked` goes on from there. At the end the
    file is at what follows, or `damage` says what is wrong with the part that begins at `start`.
    """

    def __init__(self, file: BinaryIO, name: str, before: int) -> None:
        self.unpacked = before
        self.damage = ""
        self.start = file.tell()
        self._file = file
        self._name = name
        self._member: Inflating | None = Inflating(file, GZIP)

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Unpack some more; raises `SourceRefused` where all of it grows as only a bomb does."""
        while self._member:
            if count := self._member.readinto(buffer):
                self.unpacked += count
                if out_of_proportion(self.unpacked, self._file.tell()):
                    raise SourceRefused(
                        f"{self._name}: unpacks to over {MOST_RATIO} times its size, as bombs do"
                    )
                return count
            self.damage = self._member.damage
            self._member = self._continued(self._member)
        return 0

    def _continued(self, member: Inflating) -> Inflating | None:
        """The next part where a record that began in this one goes on there, as some software splits them."""
        if member.damage:
            return None
        place = self._file.seek(-member.left, io.SEEK_CUR)
        head = self._file.read(_LOOKED_AT)
        self._file.seek(place)
        if not head.startswith(GZIP_MAGIC) or holds_record(head):
            return None
        self.start = place
        return Inflating(self._file, GZIP)

    def readable(self) -> bool:
        """Always."""
        return True
