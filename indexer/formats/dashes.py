"""Finds the entries of a Movable Type export in its bytes: between lines of eight dashes.

People write such lines, too. One ends an entry only where the file ends, or where what follows it looks
like the head of another: lines such as `TITLE: …`, up to one of five dashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from indexer.formats.reading.scanner import RECORD_LIMIT, Fate, Span

HEAD_KEYS = frozenset(
    (
        "AUTHOR",
        "TITLE",
        "DATE",
        "STATUS",
        "BASENAME",
        "UNIQUE URL",
        "ALLOW COMMENTS",
        "ALLOW PINGS",
        "CONVERT BREAKS",
        "PRIMARY CATEGORY",
        "CATEGORY",
        "TAGS",
        "NO ENTRY",
        "IMAGE",
    )
)
"""What the lines of a head say that exporters agree on."""

SECTION_END = "-" * 5

_END_LINE = re.compile(rb"^-{8}[ \t]{0,80}$(?!\n-)", re.MULTILINE)  # No head begins with dashes.
_KEY = re.compile(r"\s*([A-Z][A-Z0-9 _]{1,60}?)[ \t]*:")
_LOOK_AHEAD = 1 << 16  # bytes of a head that are looked at
_LONGEST_END = 100


def key_of(line: str) -> str:
    """The key that a line such as `TITLE: …` begins with; empty where there is none."""
    found = _KEY.match(line)
    return found[1] if found else ""


def is_head(lines: Iterable[str]) -> bool:
    """Whether the lines begin as an entry does; they may break off within its head."""
    began = False
    for line in filter(str.strip, lines):
        if began and line.rstrip() == SECTION_END:
            return True
        key = key_of(line)
        if not key or not (began or key in HEAD_KEYS):
            return False
        began = True
    return began


def entries(chunks: Iterator[bytes]) -> Iterator[Span]:
    """The bytes of each entry, without the dashes that end it; `CUT_OFF` where the file ends without them.

    Entries of nothing but blanks are passed over. Line ends are made `\\n`.
    """
    scanner = _Entries(_with_line_feeds(chunks))
    while span := scanner.next():
        if span.fate is Fate.TOO_LARGE:
            yield span
        elif markup := span.markup.lstrip():
            blanks = span.markup[: -len(markup)]
            yield Span(markup, span.line + blanks.count(b"\n"), span.fate)


class _Entries:
    """Takes entries out of a buffer that is filled as far as is needed to be sure where one ends."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._buffer = bytearray()
        self._line = 1
        self._ended = False

    def next(self) -> Span | None:
        """The next entry, maybe an empty one; None where there is no more."""
        line, position, overflowed = self._line, 0, False
        while True:
            end = _END_LINE.search(self._buffer, position)
            if end and (self._ended or len(self._buffer) - end.end() > _LOOK_AHEAD):
                position = end.end()
                if self._ends_entry(position):
                    markup = self._take(position)[: end.start()]
                    return (
                        Span(b"", line, Fate.TOO_LARGE) if overflowed else Span(markup, line, Fate.COMPLETE)
                    )
            elif self._ended:
                rest = self._take(len(self._buffer))
                if overflowed:
                    return Span(b"", line, Fate.TOO_LARGE)
                return Span(rest, line, Fate.CUT_OFF) if rest.strip() else None
            else:
                position = end.start() if end else max(position, len(self._buffer) - _LONGEST_END)
                if position > RECORD_LIMIT:
                    overflowed = True
                    self._take(position)
                    position = 0
                self._read()

    def _ends_entry(self, position: int) -> bool:
        """Whether only blanks follow the position, or another entry."""
        lines = self._lines(position)
        first = next(filter(str.strip, lines), "")
        return not first or is_head(chain([first], lines))

    def _lines(self, position: int) -> Iterator[str]:
        """The whole lines from the position on, as far as it takes to tell a head."""
        limit = min(position + _LOOK_AHEAD, len(self._buffer))
        while (end := self._buffer.find(b"\n", position, limit)) >= 0:
            yield self._buffer[position:end].decode("utf-8", "replace")
            position = end + 1

    def _read(self) -> None:
        chunk = next(self._chunks, None)
        self._buffer += chunk or b""
        self._ended = chunk is None

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._line += taken.count(b"\n")
        return taken


def _with_line_feeds(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks with the line ends of Windows and of old Macs made `\\n`."""
    held = b""
    for chunk in chunks:
        data = held + chunk
        held = b"\r" if data.endswith(b"\r") else b""  # maybe half a line end
        data = data.removesuffix(b"\r")
        yield data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data
    yield b"\n" if held else b""
