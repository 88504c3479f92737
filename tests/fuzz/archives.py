"""Small archives to begin with: a zip, a tar, compressed files and web archives of the same few texts."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

_FILES = {"posts/one.md": b"---\ntitle: One\n---\nLow water.\n", "feed.json": b'{"items": []}'}
_PAGE = b"<p>Low water.</p>"


def zips() -> tuple[bytes, ...]:
    """Members stored and deflated, and one that is itself compressed."""
    return tuple(map(_zip, (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))


def tars() -> tuple[bytes, ...]:
    """The oldest kind of header, and the two with extensions."""
    return tuple(map(_tar, (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)))


def compressed() -> tuple[bytes, ...]:
    """A text and a tar, compressed in each way."""
    contents = (_FILES["posts/one.md"], _tar(tarfile.USTAR_FORMAT))
    return tuple(
        pack(content) for pack in (gzip.compress, bz2.compress, lzma.compress) for content in contents
    )


def web_archives() -> tuple[bytes, ...]:
    """WARC and ARC, plain and compressed by records, with chunks and with a compressed page."""
    plain = _warc(b"", _PAGE)
    chunked = _warc(b"Transfer-Encoding: chunked\r\n", b"11\r\n" + _PAGE + b"\r\n0\r\n\r\n")
    packed = _warc(b"Content-Encoding: gzip\r\n", gzip.compress(_PAGE, mtime=0))
    answer = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + _PAGE
    arc = (
        b"filedesc://x.arc 0.0.0.0 20120304080000 text/plain 75\n1 0 InternetArchive\n"
        b"URL IP-address Archive-date Content-type Archive-length\n\n"
        b"http://tide.example/ 0.0.0.0 20120304080000 text/html %d\n%b\n" % (len(answer), answer)
    )
    return plain, chunked, packed, plain + chunked + packed, gzip.compress(plain, mtime=0) * 2, arc


def _zip(method: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in (*_FILES.items(), ("feed.xml.gz", gzip.compress(b"<rss/>", mtime=0))):
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return stream.getvalue()


def _tar(form: int) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=form) as archive:
        for name, content in _FILES.items():
            header = tarfile.TarInfo("long/" * 30 + name if form != tarfile.USTAR_FORMAT else name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    return stream.getvalue()


def _warc(headers: bytes, content: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + b"\r\n" + content
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://tide.example/\r\n"
        b"WARC-Date: 2012-03-04T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(answer), answer)
    )
