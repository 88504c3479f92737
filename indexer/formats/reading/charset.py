"""Which encoding a text has that does not say.

Old exports of Japanese and Russian blogs are in the encoding of their blog, and no byte of the file names it.
Text in those encodings gives itself away by its kana, or by common letters amid others, which the bytes of
another encoding hardly ever decode to.
"""

from __future__ import annotations

import codecs
import re

from indexer.formats.reading.encoding import CHUNK_SIZE
from indexer.source import Source

_SAMPLE = 1 << 16  # Bytes of lines with other than ASCII: some hundred sentences.
_FURTHEST = 8 << 20  # A file that is ASCII up to here is taken for what most are.

_SHIFTED = re.compile(rb"\x1b\$[@B]")  # How ISO-2022-JP begins what is not ASCII.
_NOT_ASCII = re.compile("[^\0-\x7f]")
_KANA = re.compile("[\u3041-\u309f\u30a1-\u30fe]")
_COMMON_CYRILLIC = re.compile("(?<=[а-яё])[оеаинт](?=[а-яё])")
_VARIETY = 3
_TELLING = {
    "euc_jp": (_KANA, 0.2),
    "cp932": (_KANA, 0.2),
    "cp1251": (_COMMON_CYRILLIC, 0.18),
    "koi8-r": (_COMMON_CYRILLIC, 0.18),
}
"""What tells each encoding, and its least share of all characters but ASCII; prose has far more than that.

Small letters of one Cyrillic encoding are capitals of the other; Greek and Hebrew have some 0.1, and the
accents of Western languages hardly ever stand together.
"""


def guessed_charset(source: Source) -> str:
    """The encoding's name, as `clean_utf8` takes it; empty for UTF-8 and what is mostly mistaken for it."""
    sample = _sample(source)
    if _SHIFTED.search(sample):
        return "iso2022_jp"
    lines = sample.split(b"\n")
    if sum(map(_is_utf8, lines)) * 2 > len(lines):
        return ""
    shares = {codec: _share(sample, codec, telling) / least for codec, (telling, least) in _TELLING.items()}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > 1 else ""


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


def _share(sample: bytes, codec: str, telling: re.Pattern[str]) -> float:
    """The share of what tells among what is not ASCII or cannot be decoded; 0 if it is ever the same."""
    text = sample.decode(codec, "replace")
    found = telling.findall(text)
    return len(found) / len(_NOT_ASCII.findall(text)) if len(set(found)) >= _VARIETY else 0.0
