"""Records are found in bytes, wherever the chunks happen to end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.formats.reading.scanner import Fate, RecordScanner, Span

DOCUMENT = b"""<rss>
<!-- <item>in a comment</item> -->
<channel>
<item a="1">
<![CDATA[</item> <!-- ]]>
<!-- </item> -->
</item>
<items>not one</items><![CDATA[<item>]]>
<item/><item />
<item
>last</item
></channel>
</rss >
"""


def chunked(content: bytes, size: int) -> Iterator[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


def scanned(content: bytes, size: int) -> tuple[bytes | None, list[Span], bool]:
    scanner = RecordScanner(chunked(content, size), ["item"], 1)
    return scanner.header(), list(scanner), scanner.closed


@pytest.mark.parametrize("size", [*range(5, 60), 1000])
def test_the_size_of_the_chunks_changes_nothing(size: int) -> None:
    header, spans, closed = scanned(DOCUMENT, size)
    assert header == DOCUMENT[: DOCUMENT.index(b'<item a="1">')]
    assert [span.line for span in spans] == [4, 9, 9, 10]
    assert spans[0].markup.startswith(b'<item a="1">\n<![CDATA[</item>')
    assert spans[0].markup.endswith(b"<!-- </item> -->\n</item>")
    assert [span.markup for span in spans[1:]] == [b"<item/>", b"<item />", b"<item\n>last</item\n>"]
    assert {span.fate for span in spans} == {Fate.COMPLETE}
    assert closed


def test_a_record_that_does_not_end_is_cut_off() -> None:
    _, spans, closed = scanned(b"<rss><item>1</item><item>2", 7)
    assert [(span.markup, span.fate) for span in spans] == [
        (b"<item>1</item>", Fate.COMPLETE),
        (b"<item>2", Fate.CUT_OFF),
    ]
    assert not closed


def test_records_take_the_prefix_of_the_root() -> None:
    _, spans, closed = scanned(b"<a:rss><item>no</item><a:item>yes</a:item></a:rss>", 9)
    assert [span.markup for span in spans] == [b"<a:item>yes</a:item>"]
    assert closed


def test_a_file_put_together_from_two_is_read_to_the_end_of_the_second() -> None:
    one = b"<rss><item>1</item></rss>"
    _, spans, closed = scanned(one + one, 11)
    assert len(spans) == 2
    assert closed
    assert not scanned(one + one[:-6], 11)[2]


@pytest.mark.parametrize("size", [*range(5, 40), 1000])
def test_an_element_that_closes_itself_is_whole_whatever_its_attributes(size: int) -> None:
    _, spans, _ = scanned(b'<rss><item a="1" b="2"/><item a="/">text</item></rss>', size)
    assert [span.markup for span in spans] == [b'<item a="1" b="2"/>', b'<item a="/">text</item>']


def test_records_of_several_names_are_told_apart() -> None:
    content = b"<all><post><thread a='1'/></post><thread>2</thread></all>"
    scanner = RecordScanner(chunked(content, 6), ["post", "thread"], 1)
    assert scanner.header() == b"<all>"
    assert [(span.tag, span.markup) for span in scanner] == [
        ("post", b"<post><thread a='1'/></post>"),
        ("thread", b"<thread>2</thread>"),
    ]
