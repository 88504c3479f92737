"""In which coding an answer is sent: gzip, where the client reads it and it is worth it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

GZIP = "gzip"
IDENTITY = ""

WORTHWHILE = 500
"""Bytes from which on compressing saves more than its headers and work cost."""
LEVEL = 3
"""Of 1 to 9. Level 4 takes half as long again for 4 % less, 6 takes three times as long for 7 % less."""
LEVEL_OF_FILES = 9
"""These are compressed once."""

_GZIP_HEADER = 16 + zlib.MAX_WBITS  # for zlib this means: with the header and end of gzip
_TEXT = re.compile(
    r"text/.*|image/svg\+xml|application/(.*[+-])?(json|jsonl|ndjson|xml|javascript|bibtex|yaml)"
)


def acceptable(header: str | None) -> tuple[str, ...]:
    """The codings that a request's `Accept-Encoding` allows, the one to prefer first (RFC 9110, 12.5.3).

    Without the header there is none to prefer but no coding at all. None is left where a client refuses
    even that.
    """
    if header is None:
        return (IDENTITY,)
    return _acceptable(header)


@lru_cache(maxsize=64)
def _acceptable(header: str) -> tuple[str, ...]:
    # Of what is no header at all, nothing is read.
    given = parse_accept_header(header, Accept) if header.strip() else Accept()
    quality = {name.lower(): value for name, value in reversed(given)}
    anything = quality.get("*")
    gzip = max(quality.get(GZIP, -1), quality.get("x-gzip", -1))
    if gzip < 0:
        gzip = anything or 0
    # No coding is acceptable unless it is refused, itself or by `*;q=0`.
    identity = quality.get("identity", 1 if anything is None else anything)
    if gzip > 0 and gzip >= quality.get("identity", 0):
        return (GZIP, IDENTITY) if identity > 0 else (GZIP,)
    if identity > 0:
        return (IDENTITY,)
    return ()


def compresses(media_type: str) -> bool:
    """Whether what is of this type gets smaller: text does, pictures are small already."""
    return bool(_TEXT.fullmatch(media_type))


def compressed(content: bytes, level: int = LEVEL) -> bytes:
    """The content in gzip; the same bytes for the same content."""
    packer = zlib.compressobj(level, zlib.DEFLATED, _GZIP_HEADER)
    return packer.compress(content) + packer.flush()


@lru_cache(maxsize=32)
def compressed_once(content: bytes) -> bytes:
    """The content of a file in gzip, as small as it gets."""
    return compressed(content, LEVEL_OF_FILES)


def compressing(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts in gzip while they come, without waiting for the last of them."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP_HEADER)
    try:
        for part in parts:
            if packed := packer.compress(part):
                yield packed
        yield packer.flush()
    finally:
        if close := getattr(parts, "close", None):
            close()
