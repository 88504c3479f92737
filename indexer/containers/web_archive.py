"""Web archives (WARC and ARC): each page, feed and JSON document in them, in its latest capture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import BinaryIO
from urllib.parse import urldefrag

from warcio.bufferedreaders import ChunkedDataReader

from indexer.brotlied import Brotlied, is_brotlied
from indexer.containers.inflating import GZIP, RAW, ZLIB, Inflating
from indexer.containers.limits import MOST_RATIO, Allowance, out_of_proportion
from indexer.containers.member import Member
from indexer.containers.web_records import WebRecord, web_records
from indexer.record import Skipped
from indexer.spool import Readable, Spool
from search.errors import SourceRefused

LARGEST_RESPONSE = 20_000_000
"""How many bytes of one response are read, as it was sent and unpacked."""

_CONTENT = frozenset(["response", "resource", "conversion", "revisit"])  # records of what was captured
_TEXTS = re.compile(r"(?:text|application)/(?:[\w.+-]*\+)?(?:x-)?(?:x?html|xml|json|rss|atom|opml)\b")
_UNSAID = re.compile(
    r"(?:text/plain|application/(?:octet-stream|x-unknown)|unknown/unknown|no-type)?\s*(?:;|\Z)"
)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{\[]")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""")
_NOT_DIGITS = re.compile(r"[^0-9]+")
_DIGITS = 14  # of a time: year to second
_NUMBER_BITS = 40  # of the number of a record in its file
_NUMBER = (1 << _NUMBER_BITS) - 1


class _Unreadable(Exception):
    """Why the content of a response cannot be read."""


def web_archive_members(
    file: BinaryIO, allowance: Allowance, pass_over: Callable[[], None]
) -> Iterator[Member | Skipped]:
    """The texts among the captures, named by their address, in the order of the file.

    Redirects, errors, pictures and the like are told to `pass_over`, and so are earlier captures of the
    same address. Raises `SourceRefused`, also where the file holds nothing for us.
    """
    latest = _latest(file, allowance)
    anything = False
    for number, found in enumerate(web_records(file, allowance.name)):
        if isinstance(found, Skipped):
            anything = True
            yield found
            continue
        captured = _is_text(found)
        if captured and latest.get(hash(_page(found)), -1) & _NUMBER == number:
            anything = True
            with ExitStack() as stack:
                if member := _member(found, allowance, stack):
                    yield member
                else:
                    pass_over()
        else:
            if captured or found.type in _CONTENT:
                pass_over()
            if wrong := found.end():
                anything = True
                yield Skipped(_place(found, allowance), wrong)
    if not anything:
        raise SourceRefused(f"{allowance.name}: no page, feed or JSON document is among what it captured")


def _latest(file: BinaryIO, allowance: Allowance) -> dict[int, int]:
    """For each page, by the hash of its address: when it was last captured, and the number of the record."""
    latest: dict[int, int] = {}
    for number, found in enumerate(web_records(file, allowance.name)):
        if isinstance(found, WebRecord) and _is_text(found):
            page = hash(_page(found))
            capture = (
                int(_NOT_DIGITS.sub("", found.time)[:_DIGITS].ljust(_DIGITS, "0")) << _NUMBER_BITS | number
            )
            if page not in latest:
                allowance.take_member()
            latest[page] = max(capture, latest.get(page, 0))
    return latest


def _is_text(record: WebRecord) -> bool:
    """Whether this is the whole answer to a request for a page, a feed or JSON, or may be."""
    if not record.address.startswith(("http://", "https://")) or record.type not in _CONTENT - {"revisit"}:
        return False
    if record.type == "response" and (record.http is None or record.http.get_statuscode() != "200"):
        return False
    return (_TEXTS.match(record.media_type) or _UNSAID.match(record.media_type)) is not None


def _page(record: WebRecord) -> str:
    return urldefrag(record.address)[0].replace(" ", "%20")


def _place(record: WebRecord, allowance: Allowance) -> str:
    return f"{allowance.name}/{_name(record)}"


def _name(record: WebRecord) -> str:
    """`blog.example/2012/03/hello.html?m=1` for the capture of that page."""
    return _page(record).partition("://")[2] or record.address


def _member(record: WebRecord, allowance: Allowance, stack: ExitStack) -> Member | Skipped | None:
    """What was captured, decoded; None where it is text of another kind after all."""
    spool = stack.enter_context(Spool())
    place = _place(record, allowance)
    if record.length > LARGEST_RESPONSE:
        record.end()
        return Skipped(place, f"has over {LARGEST_RESPONSE // 1_000_000} MB")
    try:
        warning = _fill(spool, record)
    except _Unreadable as error:
        record.end()
        return Skipped(place, str(error))
    if wrong := record.end():
        return Skipped(place, wrong)
    if not _TEXTS.match(record.media_type) and not _MARKUP.match(spool.head(100)):
        return None
    charset = _CHARSET.search(record.media_type)
    return Member(
        name=_name(record),
        open=spool.open,
        size=spool.size,
        stored=0,
        warning=warning,
        address=_page(record),
        charset=charset[1] if charset else "",
    )


def _fill(spool: Spool, record: WebRecord) -> str:
    """Keep the content as a browser would see it; a warning where it is not whole. Raises `_Unreadable`."""

    def allow(size: int) -> None:
        if spool.size + size > LARGEST_RESPONSE or out_of_proportion(spool.size + size, record.length):
            raise _Unreadable(
                f"unpacks to over {LARGEST_RESPONSE // 1_000_000} MB or {MOST_RATIO} times its size"
            )

    sent: Readable = record.content
    if record.http and (record.http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        sent = ChunkedDataReader(record.content)
    encoding = (record.http.get_header("Content-Encoding") or "").strip().lower() if record.http else ""
    decoded = _decoded(sent, encoding)
    spool.fill(decoded, allow)
    if isinstance(decoded, Inflating | Brotlied) and decoded.damage:
        return f"only its beginning could be read: {decoded.damage}"
    return "the crawler kept only the beginning of it" if record.truncated else ""


class _Rejoined:
    """A stream whose first bytes were looked at."""

    def __init__(self, start: bytes, rest: Readable) -> None:
        self._start = start
        self._rest = rest

    def read(self, size: int, /) -> bytes | None:
        start, self._start = self._start, b""
        return start or self._rest.read(size)


def _decoded(sent: Readable, encoding: str) -> Readable:
    """The content without its compression, which many crawlers took off already. Raises `_Unreadable`."""
    if encoding in ("", "identity"):
        return sent
    start = sent.read(1 << 14) or b""
    whole = _Rejoined(start, sent)
    if start.startswith(b"\x1f\x8b"):
        return Inflating(whole, GZIP)
    if encoding == "br" and start and not start.lstrip().startswith(b"<") and is_brotlied(start):
        return Brotlied(whole)
    if not start or _MARKUP.match(start) or encoding in ("gzip", "x-gzip"):
        return whole
    if encoding == "deflate":
        return Inflating(whole, ZLIB if start[0] & 15 == 8 and int.from_bytes(start[:2]) % 31 == 0 else RAW)
    raise _Unreadable(f"is compressed in a way that is not known here ({encoding[:20]})")
