"""Which encoding a text has that does not say.

Old exports of Japanese blogs are in the encoding of their blog, and no byte of the file names it. Text in
those encodings gives itself away by its kana, which other bytes hardly ever decode to.
"""

from __future__ import annotations

import codecs
import re

from indexer.formats.encoding import CHUNK_SIZE
from indexer.source import Source

_SAMPLE = 1 << 16  # Bytes of lines with other than ASCII: some hundred sentences.
_FURTHEST = 8 << 20  # A file that is ASCII up to here is taken for what most are.

_JAPANESE = ("euc_jp", "cp932")
_SHIFTED = re.compile(rb"\x1b\$[@B]")  # How ISO-2022-JP begins what is not ASCII.
_KANA = re.compile("[\u3041-\u309f\u30a1-\u30fe]")
_NOT_ASCII = re.compile("[^\0-\x7f]")
_LEAST_KANA = 0.2  # Of all characters but ASCII; Japanese prose has more than half.


def guessed_charset(source: Source) -> str:
    """The encoding's name, as `clean_utf8` takes it; empty for UTF-8 and what is mostly mistaken for it."""
    sample = _sample(source)
    if _SHIFTED.search(sample):
        return "iso2022_jp"
    lines = sample.split(b"\n")
    if sum(map(_is_utf8, lines)) * 2 > len(lines):
        return ""
    best = max(_JAPANESE, key=lambda codec: _kana(sample, codec))
    return best if _kana(sample, best) > _LEAST_KANA else ""


def _sample(source: Source) -> bytes:
    """The first lines that have other than ASCII."""
    lines: list[bytes] = []
    size = read = 0
    with source.open() as stream:
        while size < _SAMPLE and read < _FURTHEST and (chunk := stream.read(CHUNK_SIZE)):
            read += len(chunk)
            found = [line for line in chunk.split(b"\n") if not line.isascii() or b"\x1b$" in line]
            lines += found
            size += sum(map(len, found))
    return b"\n".join(lines)[:_SAMPLE]


def _is_utf8(line: bytes) -> bool:
    """Whether the line is UTF-8; it may end inside a character, as the sample does."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(line)
    except UnicodeDecodeError:
        return False
    return True


def _kana(sample: bytes, codec: str) -> float:
    """The share of kana among what is not ASCII; what cannot be decoded counts against it."""
    text = sample.decode(codec, "replace")
    return len(_KANA.findall(text)) / max(1, len(_NOT_ASCII.findall(text)))
