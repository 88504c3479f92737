from __future__ import annotations

import gzip
import random
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import brotli
import pytest

from indexer.containers import limits, web_archive
from indexer.progress import Progress
from indexer.record import Skipped
from indexer.source import Source, walk
from search.errors import SourceRefused

PAGE = b"<!doctype html><title>A</title>"
SITE = "https://blog.example"


class Crawl:
    """Makes a WARC as crawlers do, each record compressed by itself unless they are not `packed`."""

    def __init__(self, *, packed: bool = True) -> None:
        self.bytes = b""
        self._packed = packed

    def add(
        self,
        path: str,
        body: bytes = PAGE,
        *,
        status: str = "200 OK",
        headers: Iterable[tuple[str, str]] = (("Content-Type", "text/html; charset=cp1251"),),
        kind: str = "response",
        date: str = "2020-01-01T00:00:00Z",
    ) -> Crawl:
        """One more record, of `SITE` and the path or of any other address."""
        address = path if ":" in path else SITE + path
        said = "".join(f"{name}: {value}\r\n" for name, value in headers)
        http = f"HTTP/1.1 {status}\r\n{said}\r\n".encode() if kind == "response" else b""
        start = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: {date}\r\n"
        media_type = "Content-Type: application/http\r\n" if http else said
        length = f"Content-Length: {len(http) + len(body)}\r\n\r\n"
        record = (start + media_type + length).encode() + http + body + b"\r\n\r\n"
        self.bytes += gzip.compress(record) if self._packed else record
        return self


def read(path: Path, data: bytes | Crawl) -> tuple[dict[str, bytes], list[Skipped]]:
    """What a file with these bytes holds, by the names of its captures, and what could not be read."""
    path.write_bytes(data if isinstance(data, bytes) else data.bytes)
    pages, skipped = {}, []
    for found in walk(str(path)):
        if isinstance(found, Skipped):
            skipped.append(found)
        else:
            with found.open() as stream:
                pages[found.name.removeprefix(f"{path.name}/")] = stream.read()
    return pages, skipped


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("name", ["crawl.warc.gz", "download", "crawl.zip"])
def test_a_web_archive_is_known_by_its_bytes_whatever_its_name(
    tmp_path: Path, name: str, packed: bool
) -> None:
    crawl = Crawl(packed=packed).add("/a.html").add("/b?m=1", b"<html>")
    assert read(tmp_path / name, crawl) == (
        {"blog.example/a.html": PAGE, "blog.example/b?m=1": b"<html>"},
        [],
    )


def test_a_web_archive_compressed_as_one_is_read_all_the_same(tmp_path: Path) -> None:
    data = gzip.compress(Crawl(packed=False).add("/a").add("/b").bytes)
    assert list(read(tmp_path / "a.warc.gz", data)[0]) == ["blog.example/a", "blog.example/b"]


def test_records_that_are_split_over_compressed_parts_are_joined(tmp_path: Path) -> None:
    data = Crawl(packed=False).add("/a").add("/b").bytes
    parts = b"".join(gzip.compress(data[place : place + 400]) for place in range(0, len(data), 400))
    assert list(read(tmp_path / "a.warc.gz", parts)[0]) == ["blog.example/a", "blog.example/b"]


def test_a_capture_has_its_address_and_the_charset_the_server_said(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(Crawl(packed=False).add("/a b#top").bytes)
    (found,) = walk(str(path))
    assert isinstance(found, Source)
    assert (found.address, found.charset) == (f"{SITE}/a%20b", "cp1251")


def arc(*records: tuple[str, bytes]) -> bytes:
    version = b"1 0 Alexa\nURL IP-address Archive-date Content-type Archive-length\n\n"
    lines = [b"filedesc://a.arc 0.0.0.0 20010203040506 text/plain %d\n" % len(version) + version]
    for address, body in records:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        lines.append(f"{address} 192.0.2.1 20010203040506 text/html {len(block)}\n".encode() + block + b"\n")
    return b"".join(lines)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_arc_files_are_read(tmp_path: Path, pack: type[bytes]) -> None:
    data = pack(arc((f"{SITE}/a", b"<p>one"), (f"{SITE}/b c", b"<p>two")))
    assert read(tmp_path / "a.arc", data) == (
        {"blog.example/a": b"<p>one", "blog.example/b%20c": b"<p>two"},
        [],
    )


def test_only_texts_that_were_got_are_taken_and_the_rest_is_counted(tmp_path: Path) -> None:
    crawl = Crawl().add("/page")
    crawl.add("/moved", status="301 Moved").add("/gone", status="404 Not Found").add(
        "/part", status="206 Partial"
    )
    crawl.add("/a.png", headers=[("Content-Type", "image/png")])
    crawl.add("/a.js", b"{}", headers=[("Content-Type", "text/javascript")])
    crawl.add("/robots.txt", b"User-agent: *", headers=[("Content-Type", "text/plain")])
    crawl.add("metadata://gnu.org/wget.log", b"<", kind="resource")
    crawl.add("/feed", b"<rss>", headers=[("Content-Type", "text/plain")])
    crawl.add("/api", b"[]", headers=[("Content-Type", "application/feed+json")])
    crawl.add("/saved", kind="resource")
    path = tmp_path / "a.warc.gz"
    assert list(read(path, crawl)[0]) == [f"blog.example/{name}" for name in ("page", "feed", "api", "saved")]
    progress = Progress()
    assert len(list(walk(str(path), progress))) == 4
    assert progress.ignored == 7


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("gzip", PAGE),
        ("br", brotli.compress(PAGE)),
        ("br", brotli.compress(PAGE, lgwin=24)),
        ("br", PAGE),
        ("identity", PAGE),
    ],
    ids=[
        "gzip",
        "x-gzip",
        "zlib",
        "deflate",
        "unpacked already",
        "brotli",
        "wide brotli",
        "unpacked brotli",
        "identity",
    ],
)
@pytest.mark.parametrize("chunked", [True, False])
def test_contents_are_decoded(tmp_path: Path, encoding: str, body: bytes, chunked: bool) -> None:
    headers = [("Content-Type", "text/html"), ("Content-Encoding", encoding)]
    if chunked:
        headers.append(("Transfer-Encoding", "chunked"))
        body = b"5\r\n" + body[:5] + b"\r\n" + f"{len(body) - 5:x}\r\n".encode() + body[5:] + b"\r\n0\r\n\r\n"
    assert read(tmp_path / "a.warc.gz", Crawl().add("/a", body, headers=headers))[0] == {
        "blog.example/a": PAGE
    }


def test_an_encoding_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "zstd")]
    pages, skipped = read(
        tmp_path / "a.warc.gz", Crawl().add("/a", b"\x28\xb5\x2f\xfd", headers=headers).add("/b")
    )
    assert list(pages) == ["blog.example/b"]
    assert [(one.where, "(zstd)" in one.why) for one in skipped] == [("a.warc.gz/blog.example/a", True)]


def test_a_bomb_of_brotli_is_stopped_while_it_unpacks(tmp_path: Path) -> None:
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "br")]
    bomb = brotli.compress(b"<p>" + bytes(100_000_000), quality=1)
    pages, skipped = read(tmp_path / "a.warc.gz", Crawl().add("/a", bomb, headers=headers).add("/b"))
    assert list(pages) == ["blog.example/b"]
    assert [one.where for one in skipped] == ["a.warc.gz/blog.example/a"]
    assert "times its size" in skipped[0].why


def test_of_a_page_captured_several_times_the_latest_is_taken(tmp_path: Path) -> None:
    crawl = Crawl().add("/a", b"<p>old", date="2019-01-01T00:00:00Z")
    crawl.add("/a", b"<p>new", date="2021-01-01T00:00:00Z").add(
        "/a#x", b"<p>mid", date="2020-01-01T00:00:00Z"
    )
    crawl.add("/a", status="404 Not Found", date="2022-01-01T00:00:00Z")
    assert read(tmp_path / "a.warc.gz", crawl) == ({"blog.example/a": b"<p>new"}, [])


@pytest.mark.parametrize("packed", [True, False])
def test_what_a_file_is_cut_off_in_is_reported_and_the_rest_read(tmp_path: Path, packed: bool) -> None:
    crawl = Crawl(packed=packed).add("/a").add("/b", random.Random(7).randbytes(500))
    pages, skipped = read(tmp_path / "a.warc", crawl.bytes[:-100])
    assert list(pages) == ["blog.example/a"]
    assert skipped
    assert ["cut off" in one.why for one in skipped] == [True]


def test_after_a_damaged_record_the_others_are_read(tmp_path: Path) -> None:
    before, middle = len(Crawl().add("/a").bytes), len(Crawl().add("/a").add("/b").bytes)
    data = bytearray(Crawl().add("/a").add("/b").add("/c").bytes)
    data[(before + middle) // 2] ^= 0xFF
    pages, skipped = read(tmp_path / "a.warc.gz", bytes(data))
    assert list(pages) == ["blog.example/a", "blog.example/c"]
    assert skipped


@pytest.mark.parametrize("length", [1, 9, 100_000, 10**30])
@pytest.mark.parametrize("packed", [True, False])
def test_a_wrong_length_harms_no_other_record(tmp_path: Path, packed: bool, length: int) -> None:
    crawl = [Crawl(packed=False).add(f"/{name}").bytes for name in "abc"]
    start, _, rest = crawl[1].partition(b"Content-Length: ")
    crawl[1] = start + b"Content-Length: %d" % length + rest[rest.index(b"\r\n") :]
    pages, skipped = read(tmp_path / "a.warc", b"".join(map(gzip.compress, crawl) if packed else crawl))
    assert list(pages) == ["blog.example/a", "blog.example/c"]
    assert skipped


def test_the_servers_own_length_mends_a_wrong_one(tmp_path: Path) -> None:
    headers = [("Content-Type", "text/html"), ("Content-Length", str(len(PAGE)))]
    data = Crawl(packed=False).add("/a", headers=headers).add("/b").bytes
    length = data.index(b"Content-Length: ") + len("Content-Length: ")
    wrong = data[:length] + b"9" + data[length:]
    assert list(read(tmp_path / "a.warc", wrong)[0]) == ["blog.example/a", "blog.example/b"]


def test_bytes_that_are_no_record_are_reported(tmp_path: Path) -> None:
    for one in (Crawl().add("/a"), Crawl(packed=False).add("/a")):
        pages, skipped = read(
            tmp_path / "a.warc", one.bytes + b"and more\n" + one.bytes.replace(b"/a", b"/b")
        )
        assert "blog.example/a" in pages
        assert len(skipped) == 1


def test_a_file_without_any_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="no page, feed or JSON"):
        read(tmp_path / "a.warc.gz", Crawl().add("/a", status="500 Error"))


def test_bombs_are_refused(tmp_path: Path) -> None:
    zeros = bytes(30_000_000)
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    with pytest.raises(SourceRefused, match="100 times"):
        read(tmp_path / "a.warc.gz", Crawl().add("/a.png", zeros, headers=[("Content-Type", "image/png")]))
    chunk = gzip.compress(zeros)
    chunked = f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n0\r\n\r\n"
    for body, more in ((chunk, []), (chunked, [("Transfer-Encoding", "chunked")])):
        crawl = Crawl(packed=False).add("/a", body, headers=[*headers, *more]).add("/b")
        pages, skipped = read(tmp_path / "b.warc", crawl)
        assert (list(pages), len(skipped)) == (["blog.example/b"], 1)


def test_a_response_too_large_to_read_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_archive, "LARGEST_RESPONSE", 1_000)
    for packed in (True, False):
        pages, skipped = read(tmp_path / "a.warc", Crawl(packed=packed).add("/a", b"<" * 1_001).add("/b"))
        assert (list(pages), len(skipped)) == (["blog.example/b"], 1)


def test_a_web_archive_may_not_have_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MEMBERS", 2)
    with pytest.raises(SourceRefused, match="more than 2 members"):
        read(tmp_path / "a.warc", Crawl().add("/a").add("/b").add("/c"))


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.0\r\n" + b"a" * 300_000,
        b"WARC/1.0\r\n" + b"a: b\r\n" * 100_000,
        b"WARC/1.0\r\n" + b"\n" * 100_000,
        b"WARC/1.0\r\nContent-Length: 5\r\n\r\n" * 20_000,
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 400000\r\n\r\n" * 20_000,
        b"WARC/1.0\r\n\r\n" + b"a " * 500_000,
        b"filedesc://a 0.0.0.0 20010203040506 text/plain 1\n" + b"http: " * 200_000,
        gzip.compress(b"WARC/1.0\r\n") + b"\x1f\x8b\x08" * 200_000,
    ],
    ids=["line", "lines", "blank", "short", "long", "words", "arc", "magic"],
)
def test_hostile_files_are_read_to_their_end(tmp_path: Path, data: bytes) -> None:
    pages, skipped = read(tmp_path / "a.warc", data)
    assert pages == {}
    assert skipped


def test_damage_anywhere_is_never_passed_over_in_silence(tmp_path: Path) -> None:
    chance = random.Random(7)
    whole = Crawl()
    for number in range(5):
        whole.add(f"/{number}", PAGE + chance.randbytes(300))
    for _ in range(200):
        data = bytearray(whole.bytes)
        place = chance.randrange(10, len(data))
        data[place] ^= 1 << chance.randrange(8)
        try:
            pages, skipped = read(tmp_path / "a.warc.gz", bytes(data))
        except SourceRefused:
            continue
        assert skipped or len(pages) == 5


def wacz(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("listing", "folder"), [("webarchive.yaml", "archive"), ("datapackage.json", "data/archive")]
)
def test_a_wacz_of_the_first_drafts_is_one_too(tmp_path: Path, listing: str, folder: str) -> None:
    warc = Crawl(packed=False).add("/a")
    path = wacz(tmp_path / "a.wacz", {f"{folder}/a.warc": warc.bytes, "indexes/a.idx": b"x", listing: b"x"})
    assert [one.name for one in walk(str(path)) if isinstance(one, Source)] == [
        f"a.wacz/{folder}/a.warc/blog.example/a"
    ]
    assert not [one for one in walk(str(path)) if isinstance(one, Skipped)]


def test_a_wacz_gives_what_its_web_archives_hold_and_nothing_else(tmp_path: Path) -> None:
    path = wacz(
        tmp_path / "a.wacz",
        {
            "archive/one.warc.gz": Crawl().add("/a").bytes,
            "archive/two.warc": Crawl(packed=False).add("/b").bytes,
            "datapackage.json": b'{"wacz_version": "1.1.1"}',
            "indexes/index.cdx.gz": gzip.compress(b"org,example)/ 2020 {}"),
            "pages/pages.jsonl": b'{"format": "json-pages-1.0"}',
        },
    )
    pages, skipped = read(path, path.read_bytes())
    assert list(pages) == ["archive/one.warc.gz/blog.example/a", "archive/two.warc/blog.example/b"]
    assert skipped == []


def test_a_web_archive_in_a_zip_that_is_refused_is_skipped_by_itself(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.zip", {"a.warc.gz": Crawl().add("/a", status="404 No").bytes, "b.html": PAGE})
    pages, skipped = read(path, path.read_bytes())
    assert list(pages) == ["b.html"]
    assert [one.where for one in skipped] == ["a.zip/a.warc.gz"]
