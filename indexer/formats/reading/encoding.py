"""Bytes in any encoding, damaged or not, as clean UTF-8.

Exports lie about their encoding, mix two in one file, and hold control characters that no XML parser
takes. Clean UTF-8, by far the most common, is only checked, at the speed of memory; whatever else
there is gets repaired, counted, and told to the user once the source has been read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from indexer.source import Source

CHUNK_SIZE = 1 << 18
"""How much is read at a time, in bytes."""

_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r") + b"\x7f"
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']\s*([A-Za-z0-9._:-]{1,40})""")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED_UTF16 = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))

_LIKE_UTF8 = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252"})
"""Declared names that are most often wrong: such files are read as UTF-8, and cp1252 where they are not."""

_TEXT_CODECS = re.compile(
    r"utf-(16|32)(-[lb]e)?|iso8859-\d+|cp\d{3,5}|koi8-[rtu]|mac-\w+|tis-620|kz1048|ptcp154|johab|hz"
    r"|big5\w*|gbk|gb2312|gb18030|shift_jis\w*|euc_\w+|iso2022_\w+"
)
"""Python's codecs for text as others write it; not those that escape, compress or take quadratic time."""

_INCOMPLETE_END = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
_NOT_UTF8 = re.compile("[\udc80-\udcff]+")
# surrogateescape hides byte n as U+DC00 + n; the five bytes that cp1252 lacks are latin-1's controls.
_AS_CP1252 = {
    0xDC00 + code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0x100)
}


def clean_utf8(source: Source, declared: str = "") -> Iterator[bytes]:
    """The source's text as chunks of valid UTF-8 without control characters or a byte order mark.

    `declared` is the encoding that the source says it has, where that is not in an XML declaration.
    A chunk never ends inside a character. What was repaired is added to the source's warnings when
    the last chunk has been taken.
    """
    codec = _codec(source, declared)
    repairs = _Repairs(codec)
    with source.open() as stream:
        raw = iter(lambda: stream.read(CHUNK_SIZE), b"")
        chunks = _split_at_characters(raw) if codec in _LIKE_UTF8 else _transcode(raw, codec, repairs)
        for number, chunk in enumerate(chunks):
            yield repairs.clean(chunk.removeprefix(codecs.BOM_UTF8) if number == 0 else chunk)
    repairs.report(source)


class _Repairs:
    """Makes chunks clean, and counts what it had to do."""

    def __init__(self, codec: str) -> None:
        self.codec = codec
        self.controls = 0
        self.undecodable = 0

    def clean(self, chunk: bytes) -> bytes:
        """The chunk as valid UTF-8 without characters that XML forbids."""
        if not chunk.isascii():
            chunk = self._valid(chunk)
        kept = chunk.translate(None, _CONTROLS)
        self.controls += len(chunk) - len(kept)
        return kept

    def _valid(self, chunk: bytes) -> bytes:
        for noncharacter in _NONCHARACTERS:
            if noncharacter in chunk:
                self.controls += chunk.count(noncharacter)
                chunk = chunk.replace(noncharacter, b"")
        try:
            chunk.decode("utf-8")
        except UnicodeDecodeError:
            text = chunk.decode("utf-8", "surrogateescape")
            if self.codec in {"utf-8", "ascii"}:
                self.undecodable += len(text) - len(_NOT_UTF8.sub("", text))
            return text.translate(_AS_CP1252).encode("utf-8")
        return chunk

    def report(self, source: Source) -> None:
        """Tell the user what was repaired."""
        if self.undecodable:
            source.warn(
                f"bytes that are not {self.codec}, read as what they most likely are: {self.undecodable}"
            )
        if self.controls:
            source.warn(f"control characters left out: {self.controls}")


def _codec(source: Source, declared: str) -> str:
    """Python's name for the encoding that the source has, or says it has."""
    head = source.head
    for mark, codec in (*_BYTE_ORDER_MARKS, *_UNMARKED_UTF16):
        if head.startswith(mark):
            return codec
    in_xml = _DECLARED.search(head)
    name = declared or (in_xml.group(1).decode("ascii") if in_xml else "utf-8")
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = ""
    if codec.startswith("utf-16") or codec.startswith("utf-32"):
        return "utf-8"  # The declaration itself could be read byte by byte, so it cannot be true.
    if codec in _LIKE_UTF8 or _TEXT_CODECS.fullmatch(codec):
        return codec
    source.warn(f"the encoding {name!r} it declares is unknown; it was read as UTF-8")
    return "utf-8"


def _split_at_characters(raw: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in raw:
        data = rest + chunk
        incomplete = _INCOMPLETE_END.search(data, max(0, len(data) - 3))
        end = incomplete.start() if incomplete else len(data)
        rest = data[end:]
        yield data[:end]
    if rest:
        yield rest


def _transcode(raw: Iterator[bytes], codec: str, repairs: _Repairs) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(codec)(errors="replace")
    for chunk in raw:
        text = decoder.decode(chunk)
        repairs.undecodable += text.count("\ufffd")
        yield text.encode("utf-8", "replace")
    text = decoder.decode(b"", final=True)
    repairs.undecodable += text.count("\ufffd")
    yield text.encode("utf-8", "replace")
