"""The bytes of an answer, decoded a little at a time: a bomb is stopped where it is too large, not after."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from indexer.brotlied import Brotlied
from indexer.spool import Readable

_GZIP = zlib.MAX_WBITS | 16
_GZIP_MAGIC = b"\x1f\x8b"

# What else servers write into the header, such as `utf-8` or `none`, says nothing; browsers read over it too.
_PACKINGS = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "bzip2", "xz"})

ACCEPTED_CODINGS = "gzip, deflate, br"
"""What a request says it can decode."""


class BodyBroken(Exception):
    """The bytes are not what the headers say of them; the message is the end of a sentence."""


def decoded(pieces: Iterator[bytes], coding: str) -> Readable:
    """The body as it is meant, from its pieces as they were sent.

    `coding` is the header `Content-Encoding`. Reading raises `BodyBroken`, and at once for an unknown coding.
    """
    names = [name for name in coding.lower().replace(" ", "").split(",") if name in _PACKINGS]
    match names:
        case []:
            return _AsSent(pieces)
        case ["gzip" | "x-gzip"]:
            return _Inflated(pieces, lambda _: zlib.decompressobj(_GZIP))
        case ["deflate"]:
            return _Inflated(pieces, _for_deflate)
        case ["br"]:
            return _Unbrotlied(pieces)
    raise BodyBroken(f"is packed in a way that was not asked for ({coding[:40]!r})")


def _for_deflate(beginning: bytes) -> zlib._Decompress:
    """Deflate ought to come with zlib's two bytes in front, and from some servers it does not."""
    has_header = beginning[0] & 0x0F == 8 and int.from_bytes(beginning[:2], "big") % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)


class _AsSent:
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""
        piece = self._rest or _next(self._pieces)
        self._rest = piece[size:]
        return piece[:size]


class _Unbrotlied:
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._stream = Brotlied(_AsSent(pieces))

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end; raises `BodyBroken`."""
        piece = self._stream.read(size)
        if not piece and self._stream.damage:
            raise BodyBroken(
                f"is packed in a way that cannot be unpacked: {self._stream.damage}; try again later"
            )
        return piece


class _Inflated:
    """Members of gzip one after the other, or one stream of deflate; what follows is left aside."""

    def __init__(self, pieces: Iterator[bytes], start: Callable[[bytes], zlib._Decompress]) -> None:
        self._pieces = pieces
        self._start = start
        self._inflate: zlib._Decompress | None = None
        self._packed = b""
        self._ended = False

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end; raises `BodyBroken`."""
        while not self._ended:
            if piece := self._step(size):
                return piece
        return b""

    def _step(self, size: int) -> bytes:
        """What comes of the bytes at hand, or of some more, which may be nothing."""
        if self._inflate is None or self._inflate.eof:
            self._begin()
            return b""
        more = self._packed or _next(self._pieces)
        try:
            piece = self._inflate.decompress(more, size)
        except zlib.error as error:
            raise BodyBroken(f"is packed in a way that cannot be unpacked ({error})") from error
        self._packed = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        if not more and not piece and not self._inflate.eof:
            raise BodyBroken("was cut off in the middle of what was packed; try again later")
        return piece

    def _begin(self) -> None:
        """Begin the first member, or the next where there is one."""
        while len(self._packed) < 2 and (more := _next(self._pieces)):
            self._packed += more
        if not self._packed or (self._inflate and not self._packed.startswith(_GZIP_MAGIC)):
            self._ended = True
        else:
            self._inflate = self._start(self._packed)


def _next(pieces: Iterator[bytes]) -> bytes:
    """The next piece that is not empty; empty at the end."""
    return next(filter(None, pieces), b"")
