"""Finds the records of an XML file in its bytes, before any parser sees them.

Cutting the file at its records' tags keeps memory flat, says exactly where each one is, and lets a
broken record break nothing but itself: a parser that stumbles over a whole file loses the rest of it.
Comments and CDATA sections are stepped over, so a tag that is written about is not taken for a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

RECORD_LIMIT = 16 << 20
"""How large a record, or what comes before the first, may be in bytes; no more is ever kept."""

_STEPPED_OVER = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_LONGEST_TOKEN = 128  # No token is longer, so this much is kept where a chunk ends without one.
_NAME_END = re.compile(rb"[\s/>]")
_LONGEST_TAG = 1 << 16  # A longer one is taken for one with something in it.
_ROOT = re.compile(rb"<(?P<root>(?P<prefix>[^\s<>/:]{0,60}:)?[^\s<>/:]{1,60})")


class Fate(Enum):
    """How a record ended."""

    COMPLETE = auto()
    TOO_LARGE = auto()
    CUT_OFF = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """One record's bytes, from its opening to its closing tag, the line it begins on, and what it is called.

    The bytes are empty for a record that was too large.
    """

    markup: bytes
    line: int
    fate: Fate
    tag: str = ""


class RecordScanner:
    """The records with one of these tags in an XML file, found while its chunks come in.

    The first chunk begins with the root element, which is on line `line`. Ask for the `header` first.
    `closed` is whether the root's closing tag came after all records, so that none is missing.
    """

    def __init__(self, chunks: Iterator[bytes], tags: Sequence[str], line: int) -> None:
        self.closed = False
        self._chunks = chunks
        self._buffer = bytearray(next(chunks, b""))
        self._position = 0
        self._line = line
        self._overflowed = False
        root = _ROOT.match(self._buffer)
        names = root.groupdict(b"") if root else {"root": b"", "prefix": b""}
        self._prefix = names["prefix"]
        record = re.escape(self._prefix) + b"(?:" + b"|".join(re.escape(tag.encode()) for tag in tags) + b")"
        step = rb"<!--|<!\[CDATA\["
        self._opening = re.compile(
            step
            + rb"|<"
            + record
            + rb"(?:\s{0,64}/?>|\s{1,64}[^\s/>])|</"
            + re.escape(names["root"])
            + rb"\s{0,64}>"
        )
        self._closings = {
            tag: re.compile(step + rb"|</" + re.escape(self._prefix + tag.encode()) + rb"\s{0,64}>")
            for tag in tags
        }

    def header(self) -> bytes | None:
        """What comes before the first record; None where that is beyond all measure."""
        self._find_record(RECORD_LIMIT)
        return None if self._overflowed else self._take(self._position)

    def __iter__(self) -> Iterator[Span]:
        while self._find_record(0):
            self._take(self._position)
            yield self._record()

    def _find_record(self, limit: int) -> bool:
        """Move to the next record's opening tag; whatever else there is beyond the limit is dropped."""
        self._overflowed = False
        while found := self._seek(self._opening, limit):
            if not found.startswith(b"</"):
                self.closed = False
                return True
            self.closed = True
            self._position += len(found)
        self._position = len(self._buffer)
        return False

    def _record(self) -> Span:
        line, self._overflowed = self._line, False
        opening = self._seek(self._opening, RECORD_LIMIT)
        tag = _NAME_END.split(opening.removeprefix(b"<" + self._prefix), 1)[0].decode()
        self._position = len(opening)
        if self._is_empty_element():
            return Span(self._take(self._position), line, Fate.COMPLETE, tag)
        closing = self._seek(self._closings[tag], RECORD_LIMIT)
        markup = self._take(self._position + len(closing) if closing else len(self._buffer))
        if not closing:
            return Span(markup, line, Fate.CUT_OFF, tag)
        if self._overflowed:
            return Span(b"", line, Fate.TOO_LARGE, tag)
        return Span(markup, line, Fate.COMPLETE, tag)

    def _is_empty_element(self) -> bool:
        """Whether the tag that the position is in closes itself; if so, move to its end."""
        start, limit = self._position - 1, self._position + _LONGEST_TAG
        while (end := self._buffer.find(b">", start, limit)) < 0 and len(self._buffer) < limit:
            if not self._read(RECORD_LIMIT):
                break
        if end < 0 or self._buffer[end - 1 : end] != b"/":
            return False
        self._position = end + 1
        return True

    def _seek(self, target: re.Pattern[bytes], limit: int) -> bytes:
        """Move to the next target outside comments and CDATA; returns its text, empty where there is none."""
        while True:
            match = target.search(self._buffer, self._position)
            if match is None:
                self._position = max(self._position, len(self._buffer) - _LONGEST_TOKEN)
                if not self._read(limit):
                    return b""
            elif end := _STEPPED_OVER.get(match.group()):
                self._position = match.end()
                if not self._step_over(end, limit):
                    return b""
            else:
                self._position = match.start()
                return match.group()

    def _step_over(self, end: bytes, limit: int) -> bool:
        while (found := self._buffer.find(end, self._position)) < 0:
            self._position = max(self._position, len(self._buffer) - len(end) + 1)
            if not self._read(limit):
                return False
        self._position = found + len(end)
        return True

    def _read(self, limit: int) -> bool:
        """Add a chunk to the buffer; first empty it where more than the limit has been passed."""
        if self._position > limit:
            self._overflowed = True
            self._take(self._position)
        chunk = next(self._chunks, b"")
        self._buffer += chunk
        return bool(chunk)

    def _take(self, size: int) -> bytes:
        """The first `size` bytes, taken out of the buffer."""
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._position = max(0, self._position - size)
        self._line += taken.count(b"\n")
        return taken
