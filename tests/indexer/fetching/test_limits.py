"""Servers that send too much, too slowly, half of it, or what is not HTTP."""

from __future__ import annotations

import gzip
import itertools
import re
import ssl
import tracemalloc
import zlib
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.fetching import Fetcher, FetchFailed, FetchPolicy
from tests.indexer.fetching.faulty_server import (
    FaultyServer,
    Reply,
    Wait,
    chunked,
    cut_off,
    document,
    dripping,
    endless,
    gzipped,
    raw,
    silent,
)

FEED = b"<rss><channel><title>A blog</title></channel></rss>"
MEGABYTE = bytes(1_000_000)


def gzip_bomb(megabytes: int) -> bytes:
    """So many megabytes of nothing, at a thousandth of their size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(MEGABYTE) for _ in range(megabytes)) + packer.flush()


BOMB = gzip_bomb(200)
PARTS = (
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: /",
    b"\r\n",
    b"Content-Length: 5\r\n",
    b"Retry-After: ",
    b"Transfer-Encoding: chunked\r\n",
    b"5\r\nhello\r\n0\r\n\r\n",
    b"Content-Encoding: gzip\r\n",
    gzip.compress(FEED),
)


@pytest.fixture
def strict(tls: ssl.SSLContext) -> Fetcher:
    """Allowed to ask this machine, for two megabytes in half a second."""
    return Fetcher(FetchPolicy(private=True, delay=0, most_bytes=2_000_000, seconds=0.5), tls=tls)


@pytest.fixture
def patient(tls: ssl.SSLContext) -> Fetcher:
    """The same in as much time as a busy machine may need, for tests in which it is the size that counts."""
    return Fetcher(FetchPolicy(private=True, delay=0, most_bytes=2_000_000), tls=tls)


def test_the_limits_are_20_megabytes_and_30_seconds() -> None:
    assert (FetchPolicy().most_bytes, FetchPolicy().seconds, FetchPolicy().hops) == (20_000_000, 30, 10)


@pytest.mark.parametrize(
    "answer",
    [
        endless(MEGABYTE),
        endless(b"x" * 50),
        endless(b"64\r\n" + bytes(100) + b"\r\n", Transfer_Encoding="chunked"),
        document(bytes(2_000_001)),
        document(FEED, Content_Length="2000001"),
        document(FEED, Content_Length="9" * 20),
        document(BOMB, Content_Encoding="gzip"),
        document(zlib.compress(MEGABYTE * 3), Content_Encoding="deflate"),
        document(gzip.compress(MEGABYTE) * 3, Content_Encoding="gzip"),
        chunked(BOMB[:1000], BOMB[1000:20_000], whole=False, Content_Encoding="gzip"),
        endless(gzip.compress(b""), Content_Encoding="gzip"),
    ],
    ids=[
        "without end",
        "without end in small pieces",
        "chunks without end",
        "too large",
        "announced too large",
        "announced absurdly large",
        "gzip bomb",
        "deflate bomb",
        "three files of gzip",
        "bomb in chunks",
        "empty files of gzip without end",
    ],
)
def test_what_is_too_large_is_stopped(server: FaultyServer, patient: Fetcher, answer: Reply) -> None:
    server.answer("/feed", answer)
    with pytest.raises(FetchFailed, match="is larger than 2 MB; save it yourself and give the file"):
        patient.fetch(server.address("/feed"))


def test_a_bomb_is_stopped_while_it_is_unpacked_and_not_after(server: FaultyServer, patient: Fetcher) -> None:
    server.answer("/feed", document(BOMB, Content_Encoding="gzip"))
    tracemalloc.start()
    try:
        with pytest.raises(FetchFailed, match="is larger than"):
            patient.fetch(server.address("/feed"))
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_what_is_as_large_as_allowed_comes(server: FaultyServer, patient: Fetcher) -> None:
    server.answer("/feed", gzipped(bytes(2_000_000)))
    with patient.fetch(server.address("/feed")) as fetched:
        assert fetched.size == 2_000_000


@pytest.mark.parametrize(
    "answer",
    [
        silent(),
        silent(b"HTTP/1.1 200 OK\r\nContent-Le"),
        silent(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>"),
        silent(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"),
        dripping(FEED),
        dripping(b"x" * 1_000_000),
        Reply(lambda: itertools.repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n")),
    ],
    ids=[
        "silence",
        "half a header",
        "half a body",
        "half of the chunks",
        "drip",
        "long drip",
        "hints for ever",
    ],
)
def test_what_takes_too_long_is_stopped(server: FaultyServer, strict: Fetcher, answer: Reply) -> None:
    server.answer("/feed", answer)
    with pytest.raises(FetchFailed, match=r"took longer than 0\.5 seconds; try again later"):
        strict.fetch(server.address("/feed"))


def test_redirects_share_the_time_of_one_fetch(server: FaultyServer, strict: Fetcher) -> None:
    for number in range(10):
        slow = raw(Wait(0.1), b"HTTP/1.1 302 Found\r\nLocation: /%d\r\n\r\n" % (number + 1))
        server.answer(f"/{number}", slow)
    server.answer("/10", document(FEED))
    with pytest.raises(FetchFailed, match=r"took longer than 0\.5 seconds"):
        strict.fetch(server.address("/0"))


@pytest.mark.parametrize(
    "answer",
    [
        cut_off(FEED),
        cut_off(gzip.compress(FEED)[:-8], Content_Encoding="gzip"),
        chunked(FEED, whole=False),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"ff\r\n<rss>"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"5\r\n<rss>garbled"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"<rss>\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"-5\r\n<rss>\r\n0\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"f" * 30 + b"\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0\r\n", b"X: y\r\n" * 50_000),
    ],
    ids=[
        "shorter than announced",
        "shorter, and packed",
        "last chunk missing",
        "half a chunk",
        "garbled chunk",
        "no chunks",
        "negative chunk",
        "absurd chunk",
        "endless trailers",
    ],
)
def test_half_an_answer_is_none(server: FaultyServer, patient: Fetcher, answer: Reply) -> None:
    server.answer("/feed", answer)
    with pytest.raises(FetchFailed, match="cut off or garbled in the middle; try again later"):
        patient.fetch(server.address("/feed"))


@pytest.mark.parametrize(
    "answer",
    [
        raw(),
        raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
        raw(b"<html>hello</html>"),
        raw(b"HTTP/1.1 abc\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\nab" % (b"9" * 5000)),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nX: a\0b", b"c" * 50_000, b"\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 200_000),
        raw(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 50_000, b"\r\n"),
        raw(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"),
    ],
    ids=[
        "nothing",
        "another protocol",
        "no headers",
        "no status",
        "no length",
        "two lengths",
        "a length of 5,000 digits",
        "negative length",
        "unknown transfer",
        "no header",
        "control character",
        "long header",
        "many headers",
        "another protocol from here",
    ],
)
def test_what_is_not_http_is_told(server: FaultyServer, patient: Fetcher, answer: Reply) -> None:
    server.answer("/feed", answer)
    with pytest.raises(FetchFailed, match="did not answer as a web server does") as failed:
        patient.fetch(server.address("/feed"))
    assert str(failed.value).isprintable()
    assert len(str(failed.value)) < 350


@pytest.mark.parametrize(
    ("body", "coding", "why"),
    [
        (FEED, "br", "is damaged"),
        (FEED, "zstd", "packed in a way that was not asked for"),
        (gzip.compress(gzip.compress(FEED)), "gzip, gzip", "packed in a way that was not asked for"),
        (FEED, "br" + " , br" * 5000, "packed in a way that was not asked for"),
        (FEED, "gzip", "cannot be unpacked"),
        (FEED, "deflate", "cannot be unpacked"),
        (gzip.compress(FEED)[:-9], "gzip", "cut off in the middle of what was packed"),
        (gzip.compress(FEED)[:-4] + b"oops", "gzip", "cannot be unpacked"),
    ],
    ids=[
        "Brotli that is none",
        "Zstandard",
        "packed twice",
        "packed 5,001 times",
        "gzip that is none",
        "deflate that is none",
        "cut off",
        "a wrong checksum",
    ],
)
def test_what_cannot_be_unpacked_is_told(
    server: FaultyServer, patient: Fetcher, body: bytes, coding: str, why: str
) -> None:
    server.answer("/feed", document(body, Content_Encoding=coding))
    with pytest.raises(FetchFailed, match=re.escape(why)) as failed:
        patient.fetch(server.address("/feed"))
    assert len(str(failed.value)) < 300


@given(st.lists(st.sampled_from(PARTS) | st.binary(max_size=8)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_a_server_sends_is_an_answer_or_a_failure(
    server: FaultyServer, tls: ssl.SSLContext, sent: list[bytes]
) -> None:
    server.answer("/feed", raw(*sent))
    with suppress(FetchFailed):
        Fetcher(FetchPolicy(private=True, delay=0), tls=tls).fetch(server.address("/feed")).close()
