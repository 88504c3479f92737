from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fetching.body import BodyBroken, decoded

TEXT = b"<rss>" + bytes(range(256)) * 20 + b"</rss>"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    "identity": lambda data: data,
    "utf-8": lambda data: data,
    "none, gzip": gzip.compress,
    "gzip": gzip.compress,
    "X-Gzip": gzip.compress,
    "identity, gzip": gzip.compress,
    "deflate": zlib.compress,
    " Deflate ": raw_deflate,
    "br": brotli.compress,
}


def in_pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def read(pieces: Iterator[bytes], coding: str, size: int = 1000) -> bytes:
    body = decoded(pieces, coding)
    return b"".join(iter(lambda: body.read(size) or b"", b""))


@pytest.mark.parametrize("coding", PACKED)
@given(data=st.binary(max_size=2000), piece=st.integers(1, 500), size=st.integers(1, 500))
def test_what_was_packed_is_unpacked_in_whatever_pieces_it_comes(
    coding: str, data: bytes, piece: int, size: int
) -> None:
    assert read(in_pieces(PACKED[coding](data), piece), coding, size) == data


@pytest.mark.parametrize("coding", PACKED)
def test_no_more_is_unpacked_at_once_than_is_asked_for(coding: str) -> None:
    body = decoded(iter([PACKED[coding](bytes(100_000))]), coding)
    assert [len(body.read(10) or b"") for _ in range(3)] == [10, 10, 10]


@pytest.mark.parametrize("piece", [1, 7, 100_000])
def test_files_of_gzip_after_another_are_one(piece: int) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two")
    assert read(in_pieces(packed, piece), "gzip") == b"one two"


@pytest.mark.parametrize("after", [b"\0" * 600, b"\0", b"\n<!-- cached -->", b"x"])
@pytest.mark.parametrize("coding", ["gzip", "deflate", " Deflate "])
def test_what_follows_is_left_aside(coding: str, after: bytes) -> None:
    assert read(in_pieces(PACKED[coding](TEXT) + after, 100), coding) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", " Deflate ", "br"])
@given(kept=st.integers(1, 200), piece=st.integers(1, 50))
def test_a_body_that_ends_too_early_is_never_taken_for_a_whole_one(
    coding: str, kept: int, piece: int
) -> None:
    packed = PACKED[coding](TEXT)
    assert kept < len(packed)
    with pytest.raises(BodyBroken, match="cut off"):
        read(in_pieces(packed[:kept], piece), coding)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
@given(data=st.binary(max_size=500), piece=st.integers(1, 500))
def test_any_bytes_are_unpacked_or_refused(coding: str, data: bytes, piece: int) -> None:
    with suppress(BodyBroken):
        read(in_pieces(data, piece), coding)


def test_nothing_at_all_is_nothing() -> None:
    assert [read(iter([]), coding) for coding in PACKED] == [b""] * len(PACKED)


@pytest.mark.parametrize("coding", ["zstd", "compress", "gzip, gzip", "gzip, br"])
def test_other_ways_to_pack_are_refused_before_anything_is_read(coding: str) -> None:
    with pytest.raises(BodyBroken, match="not asked for"):
        decoded(iter([]), coding)
