"""Tables of comma-separated values, read row by row.

What programs call CSV differs in what separates the values (a table that went through a spreadsheet may have
semicolons) and in how often a quote is missing. Values may have several lines, as long as they are quoted.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.formats.reading.encoding import clean_utf8
from indexer.formats.reading.parser import TEXT_LIMIT
from indexer.formats.reading.scanner import RECORD_LIMIT
from indexer.record import Skipped
from indexer.source import Source
from search.errors import SourceRefused

_SEPARATORS = ",;\t"
_LINE_END = re.compile(r"\r\n?|\n")

csv.field_size_limit(TEXT_LIMIT)  # one for the whole process; without it, posts of over 128 KB are errors


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row: the line it ends in, from 1, and its values by the names of their columns."""

    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The value without the space around it; empty where the table or the row has none."""
        return self.values.get(column, "").strip()


def columns(source: Source) -> frozenset[str]:
    """What the first line names, in small letters; nothing sensible where the source is no table."""
    line = _LINE_END.split(source.head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"), maxsplit=1)[
        0
    ]
    return frozenset(_names(line.strip()))


def csv_rows(source: Source) -> Iterator[CsvRow | Skipped]:
    """The rows below the line with the names; raises `SourceRefused` for a line too long to be held."""
    lines = _lines(source)
    first = next(lines, "")
    try:
        names = _names(first.strip())
    except csv.Error as error:
        raise SourceRefused(f"{source.name}: its first line does not name the columns: {error}") from error
    watched = _Watched(lines)
    reader = csv.reader(watched, delimiter=_separator(first), skipinitialspace=True)
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(f"line {reader.line_num + 1}", f"not a row of values: {error}")
            continue
        line = reader.line_num + 1
        if watched.ended or (watched.is_half and len(values) < len(names)):
            yield Skipped(f"line {line}", "the file ends inside this record")
        elif len(values) > len(names):
            yield Skipped(f"line {line}", "more values than columns: a quote is missing before it, or within")
        elif any(values):
            yield CsvRow(line, dict(zip(names, values, strict=False)))


class _Watched:
    """Lines for a reader that does not say when they end within quotes.

    `ended` is whether it asked for one more than there are, and `is_half` whether the last one has no end.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.ended = False
        self.is_half = False

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.is_half = not line.endswith("\n")
            yield line
        self.ended = True


def _names(line: str) -> list[str]:
    return [
        name.strip().lower()
        for name in next(csv.reader([line], delimiter=_separator(line), skipinitialspace=True), [])
    ]


def _separator(line: str) -> str:
    return max(_SEPARATORS, key=line.count)


def _lines(source: Source) -> Iterator[str]:
    begun: list[str] = []  # the pieces of a line that goes on
    size = 0
    half_end = ""
    for chunk in clean_utf8(source, source.charset):
        text = half_end + chunk.decode()
        half_end = "\r" if text.endswith("\r") else ""
        first, *others = _LINE_END.split(text.removesuffix("\r"))
        begun.append(first)
        size += len(first)
        if size > RECORD_LIMIT:
            raise SourceRefused(f"{source.name}: a line of over {RECORD_LIMIT >> 20} MB, too long to be held")
        if others:
            yield "".join(begun) + "\n"
            yield from (line + "\n" for line in others[:-1])
            begun, size = [others[-1]], len(others[-1])
    if size:
        yield "".join(begun)
