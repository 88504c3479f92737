"""Bytes to text, for the formats that read a source as a whole."""

from __future__ import annotations

import codecs
import re

from indexer.source import Source
from search.errors import SourceRefused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What browsers do: these names are in use for text that is really Windows-1252.
_REALLY_CP1252 = frozenset({"ascii", "iso8859-1", "cp1252"})

# A byte that `surrogateescape` could not decode, to the character Windows-1252 has for it.
_ESCAPED_CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}

_LINE_END = re.compile(r"\r\n?")


def read_text(source: Source, limit: int, declared: str = "") -> str:
    """The text of a source of at most `limit` bytes, with `\\n` line ends; raises `SourceRefused` for more.

    A byte order mark decides its encoding, then UTF-8 where all of it is valid, then the `declared` one.
    What is left is UTF-8 with stray Windows-1252 characters, the most common damage; it is told as a
    warning.
    """
    with source.open() as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise SourceRefused(f"{source.name}: larger than {limit // 1_000_000} MB, too large to be read whole")
    return _LINE_END.sub("\n", _decoded(data, source, declared))


def _decoded(data: bytes, source: Source, declared: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = _known_encoding(declared)
    if encoding not in ("", "utf-8"):
        return data.decode("cp1252" if encoding in _REALLY_CP1252 else encoding, "replace")
    source.warn("some characters are not UTF-8 and were read as Windows-1252")
    return data.decode("utf-8", "surrogateescape").translate(_ESCAPED_CP1252)


def _known_encoding(declared: str) -> str:
    """Python's name for a declared text encoding, or empty where there is none of that name."""
    try:
        codec = codecs.lookup(declared)
        "".encode(codec.name)  # codecs such as `hex` are no text encodings and raise LookupError here
    except (LookupError, ValueError):
        return ""
    return codec.name


def whole_characters(text: str) -> str:
    """The text without halves of characters, which JSON and YAML escapes can spell and no store can hold."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
