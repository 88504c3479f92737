"""Sources that a format reads as one text."""

from __future__ import annotations

import re

from indexer.formats.reading.encoding import clean_utf8
from indexer.source import Source
from search.errors import SourceRefused

_LINE_END = re.compile(r"\r\n?")


def read_text(source: Source, limit: int, declared: str = "") -> str:
    """The text of a source of at most `limit` bytes, with `\\n` line ends; raises `SourceRefused` for more.

    `declared` is the encoding it says it has; damaged text is repaired as `clean_utf8` does.
    """
    chunks: list[bytes] = []
    size = 0
    for chunk in clean_utf8(source, declared):
        size += len(chunk)
        if size > limit:
            raise SourceRefused(
                f"{source.name}: larger than {limit // 1_000_000} MB, too large to be read whole"
            )
        chunks.append(chunk)
    return _LINE_END.sub("\n", b"".join(chunks).decode())


def whole_characters(text: str) -> str:
    """The text without halves of characters, which JSON and YAML escapes can spell and no store can hold."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
