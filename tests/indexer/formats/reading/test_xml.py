"""Hostile and damaged XML: refused or contained, never obeyed and never silent."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from indexer.formats import FORMATS, blogger, blogml, disqus, feed, livejournal, takeout, tumblr, wxr
from indexer.formats.format import Format
from indexer.formats.reading.xml import markup_of
from indexer.record import RawPost, Skipped
from search.errors import SourceRefused
from tests.indexer.formats.sources import WXR_FOOT, WXR_HEAD, item, source_of, source_of_pieces, summary
from tests.indexer.formats.sources import wxr as export

XML_FORMATS = pytest.mark.parametrize(
    "chosen",
    [
        wxr.FORMAT,
        blogger.FORMAT,
        takeout.FORMAT,
        disqus.FORMAT,
        blogml.FORMAT,
        livejournal.FORMAT,
        tumblr.FORMAT,
        feed.FORMAT,
    ],
    ids=lambda chosen: chosen.name,
)
LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [
 <!ENTITY lol "lol">
 <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
 <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">
]>
"""
QUADRATIC = b'<!DOCTYPE rss [<!ENTITY a "' + b"a" * 50_000 + b'">]>'
PARAMETER = (
    b'<!DOCTYPE rss PUBLIC "-//x//y" "http://127.0.0.1/x.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;]>'
)
LOWER_CASE = b'<!doctype rss [<!ENTITY a "b">]>'
AFTER_COMMENT = b'<!-- <rss> --><?pi <rss> ?>\n<!DOCTYPE rss\n[\n<!ENTITY a "b">]>'
EMPTY_SUBSET = b"<!DOCTYPE rss []>"
DOCUMENT_TYPES = pytest.mark.parametrize(
    "document_type", [LAUGHS, QUADRATIC, PARAMETER, LOWER_CASE, AFTER_COMMENT, EMPTY_SUBSET]
)
RSS = b"<rss><channel><item><title>&lol3;</title></item></channel></rss>"
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&a;</title></entry></feed>'


@XML_FORMATS
@DOCUMENT_TYPES
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_that_could_declare_entities_is_refused(
    chosen: Format, document_type: bytes, encoding: str
) -> None:
    root = RSS if chosen in {wxr.FORMAT, feed.FORMAT} else ATOM
    content = (document_type + root).decode().encode(encoding)
    with pytest.raises(SourceRefused, match="document type"):
        list(chosen.read(source_of(content)))


@XML_FORMATS
def test_an_external_entity_is_refused_and_its_file_not_read(chosen: Format, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    document_type = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'.encode()
    with pytest.raises(SourceRefused) as refusal:
        list(chosen.read(source_of(document_type + RSS)))
    assert "the secret" not in str(refusal.value)


def test_an_external_document_type_is_neither_refused_nor_fetched(tmp_path: Path) -> None:
    definition = tmp_path / "entities.dtd"
    definition.write_text('<!ENTITY a "from the file">')
    document_type = f'<!DOCTYPE rss SYSTEM "{definition.as_uri()}">'.encode()
    source = source_of(document_type + WXR_HEAD + item(b"A &a; B") + WXR_FOOT)
    assert summary(wxr.read(source)) == ["A &a; B"]


def test_a_document_type_inside_a_record_declares_nothing() -> None:
    bomb = b'<item><!DOCTYPE a [<!ENTITY x "boom">]><title>&x;</title></item>'
    titles = summary(wxr.read(export(item(b"Before"), bomb, item(b"After"))))
    assert titles[0] == "Before"
    assert titles[-1] == "After"
    assert not any(title == "boom" for title in titles)


def test_an_html_page_with_an_exports_name_is_refused() -> None:
    page = b"<!DOCTYPE html><html><body>wordpress.org/export/1.2/ <item>x</item></body></html>"
    with pytest.raises(SourceRefused, match="<html>"):
        list(wxr.read(source_of(page)))


@pytest.mark.parametrize("content", [b"", b"no XML here", b"<", b"<!-- never closed", b"<?xml", b"\xff\xfe"])
def test_a_source_without_xml_is_refused(content: bytes) -> None:
    with pytest.raises(SourceRefused, match="no XML"):
        list(wxr.read(source_of(content)))


def test_a_cut_at_any_byte_keeps_what_came_before_and_says_that_something_is_missing() -> None:
    second = item(b"Second", b"with <b>text</b>")
    whole = WXR_HEAD + item(b"First") + second + b"\n" + WXR_FOOT
    end_of_first = len(WXR_HEAD + item(b"First"))
    for size in range(end_of_first, len(whole) - 1):
        source = source_of(whole[:size])
        first, *others = wxr.read(source)
        assert isinstance(first, RawPost)
        assert first.title == "First"
        cut_off = [record.why for record in others if isinstance(record, Skipped)]
        assert cut_off or any("closing tag" in warning for warning in source.warnings)
        for record in others:
            assert isinstance(record, Skipped) or record.body == "with <b>text</b>"


def test_a_cdata_section_closed_too_early_is_read_to_its_true_end() -> None:
    body = b"a ]]> <p>b<br> c ]]></p> d"
    first, second = wxr.read(export(item(b"Broken", body), item(b"Whole")))
    assert isinstance(first, RawPost)
    assert first.body == body.decode()
    assert isinstance(second, RawPost)
    assert second.title == "Whole"


def test_a_record_beyond_repair_is_skipped_with_its_line_and_harms_no_other() -> None:
    source = export(b"\n\n", item(b"One"), b"<item>\n<title>Two</item>\n", item(b"Three"))
    one, two, three = wxr.read(source)
    assert summary([one, three]) == ["One", "Three"]
    assert isinstance(two, Skipped)
    assert two.where == "item 2, line 4"
    assert "line 5" in two.why


def test_stray_ampersands_and_brackets_are_kept_as_they_were_meant() -> None:
    source = export(b"<item><title>Q&A: 1 < 2 &hearts; &nosuch; <3</title></item>")
    assert summary(wxr.read(source)) == ["Q&A: 1 < 2 ♥ &nosuch; <3"]
    assert source.warnings == ["records with broken XML that was mended: 1, first item 1, line 1"]


def test_a_text_over_ten_megabytes_is_skipped() -> None:
    source = export(item(b"One"), item(b"Huge", b"x" * (11 << 20)), item(b"Three"))
    assert summary(wxr.read(source)) == ["One", "one of its texts is longer than 10 MB", "Three"]


def test_a_record_of_countless_tags_is_skipped_before_it_is_parsed() -> None:
    source = export(item(b"Before"), b"<item>" + b"<a/>" * 600_000 + b"</item>", item(b"After"))
    assert summary(wxr.read(source)) == ["Before", "it has more than 500,000 tags", "After"]


def test_a_broken_record_too_large_to_mend_is_skipped() -> None:
    source = export(b"<item><title>" + b"& " * (2 << 20) + b"</title></item>", item(b"After"))
    assert summary(wxr.read(source)) == ["its XML is broken, and it is too large to mend", "After"]


@pytest.mark.parametrize("filler", [b"<p>lorem ipsum</p>\n" * 50_000, b"x" * 950_000, b"<i>" * 300_000])
def test_memory_stays_flat_however_large_a_record_is(filler: bytes) -> None:
    def pieces() -> Iterator[bytes]:
        yield WXR_HEAD + item(b"Before") + b"<item><content:encoded><![CDATA["
        for _ in range(200):
            yield filler
        yield b"]]></content:encoded></item>" + item(b"After") + WXR_FOOT

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    titles = summary(wxr.read(source_of_pieces(pieces)))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert titles == ["Before", "the record is larger than 16 MB", "After"]
    assert grown < 150 * 1024


def test_endless_headers_are_refused_with_memory_flat() -> None:
    def pieces() -> Iterator[bytes]:
        yield WXR_HEAD
        for _ in range(100):
            yield b"<wp:term>one of very many</wp:term>\n" * 30_000

    with pytest.raises(SourceRefused, match="without a record"):
        list(wxr.read(source_of_pieces(pieces)))


@pytest.mark.parametrize(
    "broken",
    [
        b"<item>" * 200_000,
        b"<item>" + b"<a>" * 300_000 + b"</item>",
        b"<item><title>" + b"< & &nbsp; &#1; " * 100_000 + b"</title></item>",
        b"<item>" + b"<a><![CDATA[x]]>y" * 60_000 + b"</item>",
        b"<item>" + b"<a><![CDATA[" * 100_000,
        b"<item>" + b"<!--" * 200_000,
        b"<item>" + b"</item" * 200_000,
        b"<" * 500_000,
    ],
)
def test_a_broken_megabyte_ends_in_a_record_or_a_reason(broken: bytes) -> None:
    source = export(item(b"Before"), broken, item(b"After"))
    assert summary(wxr.read(source))[0] == "Before"


@pytest.mark.parametrize("chosen", FORMATS, ids=lambda chosen: chosen.name)
def test_sniffing_bytes_of_no_format_raises_nothing(chosen: Format) -> None:
    for content in (b"", b"\0" * 5000, bytes(range(256)) * 20, b"<" * 5000, b"<!--" * 2000):
        assert chosen.sniff(source_of(content, "noise.bin")) in {True, False}


@pytest.mark.parametrize("tag", ["b:blog", "b0-01-01T00:00:00", "é", "x:"])
def test_elements_with_names_that_html_has_not_keep_their_text(tag: str) -> None:
    as_it_is = etree.XMLParser(recover=True)
    body = etree.fromstring(f"<content><{tag}>Low <i>water</i></{tag}></content>".encode(), as_it_is)
    assert "Low <i>water</i>" in markup_of(body)


def test_a_file_without_any_element_before_its_first_record_is_refused() -> None:
    content = b"<?xml version='1.0'?><</comment><comment>Low water.</comment>"
    with pytest.raises(SourceRefused):
        list(livejournal.FORMAT.read(source_of(content)))
