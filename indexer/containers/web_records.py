"""The records of a WARC or ARC file, with a word on everything in it that is none.

WARC: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/; ARC:
https://archive.org/web/researcher/ArcFileFormat.php. warcio reads what a record says. Where records begin
and end is found here, because warcio passes over what is cut off, damaged or of a wrong length.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException

from indexer.containers.web_stretch import (
    CUT_OFF,
    GZIP_MAGIC,
    PIECE,
    BadHeader,
    Members,
    Stretch,
    begins_record,
    holds_record,
)
from indexer.record import Skipped

_UNREADABLE = (ArchiveLoadFailed, StatusAndHeadersParserException, BadHeader, EOFError)
_MOST_DAMAGES = 1_000  # of one file, after which nothing more is looked for in it
_MOST_TRIED = 1_000  # places that look like the beginning of a compressed record and are not
_LONGEST_NUMBER = 18  # digits

# It warns of spaces in addresses, which are no matter of the user's.
logging.getLogger("warcio.recordloader").addHandler(logging.NullHandler())

_LOADER = ArcWarcRecordLoader(verify_http=False, arc2warc=False)


@dataclass(frozen=True, slots=True)
class WebRecord:
    """One record. Its content can be read until the next one is asked for.

    `type` is WARC's name for it, `address` what was captured, `time` when, as the record words it, and
    `media_type` of what kind the whole content is. `http` is what the server said before the content,
    None for records without. `length` is that of the content, in bytes.
    """

    type: str
    address: str
    time: str
    media_type: str
    truncated: bool
    http: StatusAndHeaders | None
    content: LimitReader
    length: int
    _stretch: Stretch

    def end(self) -> str:
        """Read on to the end of the content; why it cannot be trusted, empty where it can be."""
        while self.content.read(PIECE):
            pass
        return CUT_OFF if self.is_cut_off else self._stretch.wrong_here()

    @property
    def is_cut_off(self) -> bool:
        """Whether, read to its end, it had less content than it says."""
        return bool(self.content.limit)


def web_records(file: BinaryIO, name: str) -> Iterator[WebRecord | Skipped]:
    """The records of the file called `name` in its order, and a `Skipped` for what could not be read.

    A record of a compressed file may turn out to be damaged when its content is read to its `end`.
    Raises `SourceRefused` where the file unpacks to far more than its size.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    packed = file.read(len(GZIP_MAGIC)) == GZIP_MAGIC
    file.seek(0)
    if packed:
        yield from _in_members(file, name, size)
    else:
        yield from _in_stretch(Stretch(file, size), f"{name}, at byte")


def _in_members(file: BinaryIO, name: str, size: int) -> Iterator[WebRecord | Skipped]:
    """The records of a file in which each record, or all of them together, are compressed."""
    unpacked = damages = 0
    while (start := file.tell()) < size:
        members = Members(file, name, unpacked)
        stream = io.BufferedReader(members, PIECE)
        last: WebRecord | Skipped | None = None
        for last in _in_stretch(Stretch(stream), f"{name}, at byte {start:,}, unpacked"):
            yield last
        while stream.read(PIECE):
            pass
        unpacked = members.unpacked
        after = members.start + 1 if members.damage else file.tell()
        if not members.damage and _is_member(file, after, size):
            continue
        damages += 1
        following = _next_member(file, after, size) if damages < _MOST_DAMAGES else size
        why = members.damage or f"no compressed record is in the {following - after:,} bytes from there on"
        if not (members.damage and isinstance(last, WebRecord) and last.is_cut_off):  # which its `end` told
            yield Skipped(f"{name}, at byte {members.start if members.damage else after:,}", why)
        file.seek(following)


def _is_member(file: BinaryIO, place: int, size: int) -> bool:
    """Whether something compressed begins at this byte, or the file ends there."""
    found = file.read(len(GZIP_MAGIC)) == GZIP_MAGIC
    file.seek(place)
    return found or place == size


def _next_member(file: BinaryIO, start: int, size: int) -> int:
    """Where from `start` on something is compressed that begins as a record does; `size` for nowhere."""
    place, tried = start, 0
    while place < size and tried < _MOST_TRIED:
        file.seek(place)
        piece = file.read(PIECE)
        found = piece.find(GZIP_MAGIC)
        if found == 0:
            tried += 1
            if holds_record(piece):
                return place
            found = piece.find(GZIP_MAGIC, 1)
        place += found if found > 0 else max(1, len(piece) - len(GZIP_MAGIC) + 1)
    return size


def _in_stretch(stretch: Stretch, where: str) -> Iterator[WebRecord | Skipped]:
    """The records that follow each other in some bytes; `where` is said before the number of a byte."""
    while line := stretch.next_line():
        place = f"{where} {stretch.tell() - len(line):,}"
        if not begins_record(line):
            yield Skipped(place, "no record of a web archive is there")
            stretch.to_next_record()
            continue
        try:
            kind = "warc" if line.startswith(b"WARC/") else "arc"
            parsed = _LOADER.parse_record_stream(stretch, line, kind, no_record_parse=True)
        except _UNREADABLE as error:
            yield Skipped(place, f"the record there has a header that cannot be read ({error})")
            stretch.to_next_record()
            continue
        start = stretch.tell()
        record = _record(parsed, stretch)
        wrong = _wrong_length(parsed) or stretch.wrong_after(parsed.length - (stretch.tell() - start))
        if wrong and (mended := _mended(record, stretch)):
            record = mended
        elif wrong:
            if record.type != "arc_header":
                yield Skipped(place, wrong)
            stretch.go_to(start)
            stretch.to_next_record()
            continue
        following = stretch.tell() + record.content.limit
        yield record
        record.end()
        stretch.go_to(following)


def _wrong_length(parsed: ArcWarcRecord) -> str:
    """What is wrong with the length that a record says it has, whatever it has."""
    stated = parsed.rec_headers.get_header("Content-Length") or parsed.rec_headers.get_header("length") or ""
    if not stated.isdecimal() or len(stated) > _LONGEST_NUMBER or parsed.length is None:
        return "the record there does not say how long it is"
    return ""


def _mended(record: WebRecord, stretch: Stretch) -> WebRecord | None:
    """The record with the server's own length, where that leads to its end and the record's is wrong."""
    stated = (record.http.get_header("Content-Length") or "").strip() if record.http else ""
    if not stated.isdecimal() or len(stated) > _LONGEST_NUMBER or stretch.wrong_after(int(stated)):
        return None
    record.content.limit = int(stated)
    return replace(record, length=int(stated)) if stretch.is_plain else None


def _record(parsed: ArcWarcRecord, stretch: Stretch) -> WebRecord:
    """The record, and what the server said before its content where that can be read."""
    headers, address = parsed.rec_headers, ""
    for header in ("WARC-Target-URI", "uri"):
        address = address or (headers.get_header(header) or "").strip()
    try:
        http = _LOADER.load_http_headers(parsed.rec_type, address, parsed.raw_stream, parsed.length)
    except _UNREADABLE:
        http = None
    media_type = http.get_header("Content-Type") if http else parsed.content_type
    return WebRecord(
        type=parsed.rec_type or "",
        address=address,
        time=headers.get_header("WARC-Date") or headers.get_header("archive-date") or "",
        media_type=(media_type or "").lower(),
        truncated=bool(headers.get_header("WARC-Truncated")),
        http=http,
        content=parsed.raw_stream,
        length=parsed.length or 0,
        _stretch=stretch,
    )
