"""Databases in JSON: an object whose fields are long lists of rows, read one row at a time.

Such an export can be larger than memory, so it is never parsed as a whole: a row is cut out where its
brackets end, and what lies between is not looked at. A bad row costs only itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from indexer.formats.reading.encoding import clean_utf8
from indexer.formats.reading.json_list import Json, NotJson, load
from indexer.formats.reading.scanner import RECORD_LIMIT
from indexer.record import Skipped
from indexer.source import Source

_MARK = re.compile(r'"(?:[^"\\]++|\\.)*+(")?|[\[\]{},]', re.DOTALL)
_DEEPEST_KEY = 5  # containers: {db: [{data: {posts: [ … ]}}]}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: which table, its number from 1, and its value or why it could not be read."""

    table: str
    number: int
    value: Json | Skipped


def rows(
    source: Source,
    tables: Collection[str],
    within: Collection[tuple[str, ...]],
    *,
    longest: int = RECORD_LIMIT,
) -> Iterator[Row]:
    """The rows of the tables with these names, in the order of the source.

    `within` says by which keys one comes to the object that has them, with an empty one for an item of a
    list: `("db", "", "data")`. At most `longest` characters are held, so many as a row may have.
    """
    cutter = _Cutter(tables, within, longest)
    for chunk in clean_utf8(source, source.charset):
        yield from cutter.feed(chunk.decode())
    yield from cutter.end()


class _Cutter:
    """Cuts the rows out of a text that comes in pieces."""

    def __init__(self, tables: Collection[str], within: Collection[tuple[str, ...]], longest: int) -> None:
        self._longest = longest
        self._paths = {("", *path, table) for path in within for table in tables}
        self._text = ""
        self._waiting: list[str] = []  # pieces that a string goes on into, with how many characters
        self._waiting_size = 0
        self._read = 0  # where in the text the next mark is looked for
        self._keys: list[str] = []  # of the containers that are open, the outermost first
        self._depth = 0
        self._key = ""  # the last string outside of rows
        self._table = ""
        self._row_depth = 0  # of the list of rows that is being read, 0 where none is
        self._row_start = 0
        self._number = 0
        self._too_long = False

    def feed(self, piece: str) -> Iterator[Row]:
        """The rows that end in this piece."""
        self._waiting.append(piece)
        self._waiting_size += len(piece)
        # Looking anew at a string that goes on only when it has doubled keeps all looks together linear.
        if self._waiting_size >= len(self._text):
            yield from self._cut()

    def end(self) -> Iterator[Row]:
        """The row that the text breaks off in; one of no table where it does so outside of rows."""
        yield from self._cut()
        if self._depth:
            where = f"{self._table}, row {self._number + 1}" if self._table else "the end"
            yield Row(self._table, self._number + 1, Skipped(where, "the file breaks off here"))

    def _cut(self) -> Iterator[Row]:
        self._text = "".join([self._text, *self._waiting])
        self._waiting.clear()
        self._waiting_size = 0
        for mark in _MARK.finditer(self._text, self._read):
            sign = mark[0][0]
            if sign == '"':
                if mark[1] is None:
                    break  # goes on in the next piece
                if not self._row_depth:
                    self._key = mark[0][1:-1]
            elif sign in "[{":
                self._open(mark)
            elif self._row_depth and self._depth == self._row_depth:
                yield from self._row(mark)
            self._read = mark.end()
            if sign in "]}":
                self._close()
        self._forget()

    def _open(self, mark: re.Match[str]) -> None:
        self._depth += 1
        if self._row_depth or self._depth > _DEEPEST_KEY:
            return
        self._keys.append(self._key)
        self._key = ""
        if mark[0] == "[" and tuple(self._keys) in self._paths:
            self._table, self._number = self._keys[-1], 0
            self._row_depth, self._row_start, self._too_long = self._depth, mark.end(), False

    def _close(self) -> None:
        self._depth = max(self._depth - 1, 0)
        if self._depth < self._row_depth:
            self._row_depth, self._table = 0, ""
        if self._depth < len(self._keys):
            self._keys.pop()
        if not self._row_depth:
            self._key = ""

    def _row(self, mark: re.Match[str]) -> Iterator[Row]:
        """The row that ends before this mark; the list may end without one."""
        text = self._text[self._row_start : mark.start()].strip()
        self._row_start = mark.end()
        if text or self._too_long:
            self._number += 1
            yield Row(self._table, self._number, self._value(text))
        self._too_long = False

    def _value(self, text: str) -> Json | Skipped:
        where = f"{self._table}, row {self._number}"
        if self._too_long or len(text) > self._longest:
            return Skipped(where, f"larger than {self._longest >> 20} MB")
        try:
            return load(text)
        except NotJson as error:
            return Skipped(where, str(error))

    def _forget(self) -> None:
        """Drop of the text what has been read, or is of a row or string too long to be kept."""
        if len(self._text) - self._read > self._longest:  # a string, of which only how it ends matters
            escapes = len(self._text) - len(self._text.rstrip("\\"))
            self._text = '"' + "\\" * (escapes % 2)
            self._read = self._row_start = 0
            self._too_long = True
            return
        if self._row_depth and self._read - self._row_start > self._longest:
            self._too_long = True
            self._row_start = self._read
        start = self._row_start if self._row_depth else self._read
        self._text = self._text[start:]
        self._read -= start
        self._row_start = 0
