"""Entries end where they end, whatever their texts look like, in flat memory and linear time."""

from __future__ import annotations

import resource
from collections.abc import Iterator

import pytest

from indexer.formats.dashes import entries
from indexer.formats.movabletype import FORMAT
from indexer.formats.reading.scanner import Fate
from indexer.record import RawPost, Record, Skipped
from tests.indexer.formats.sources import source_of, source_of_pieces

HEAD = "AUTHOR: Ada\nTITLE: {}\nDATE: 01/02/2008 03:04:05 AM\n-----\nBODY:\n"
ENTRY = HEAD + "{}\n-----\n--------\n"


def read(text: str, name: str = "export.txt") -> list[Record]:
    source = source_of(text.encode(), name)
    assert FORMAT.sniff(source)
    return list(FORMAT.read(source))


def titles(text: str) -> list[str]:
    return [record.title for record in read(text) if isinstance(record, RawPost)]


@pytest.mark.parametrize("size", [*range(1, 40), 1000])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_size_of_the_chunks_changes_nothing(size: int, line_end: str) -> None:
    text = (ENTRY.format("One", "1\n--------\nstill 1") + ENTRY.format("Two", "2")).replace("\n", line_end)
    content = text.encode()
    spans = list(entries(content[at : at + size] for at in range(0, len(content), size)))
    assert [span.line for span in spans] == [1, 11]
    assert b"\n--------\nstill 1\n-----\n" in spans[0].markup
    assert [span.fate for span in spans] == [Fate.COMPLETE, Fate.COMPLETE]


@pytest.mark.parametrize(
    "text",
    [
        "a\n--------\nb",
        "a\n-----\nb",
        "a\n--------\nNote: this is no head\nb",
        "a\n--------\nTITLE: nor is this, for a line without a key follows\nb",
        "a\n-----\nCOMMENT:\nas a heading, without anybody's name",
        "a\n-----\nSUMMARY:\nno section has this name",
        "a\n---------\nnine",
        "a\n - - - - -\n",
    ],
)
def test_dashes_in_a_text_end_nothing(text: str) -> None:
    one, two = read(ENTRY.format("One", text) + ENTRY.format("Two", "2"))
    assert isinstance(one, RawPost)
    assert one.body == text.strip()
    assert isinstance(two, RawPost)


def test_entries_whose_ends_no_blank_lines_follow_or_many_are_told_apart() -> None:
    assert titles(ENTRY.format("One", 1) + "\n\n\n" + ENTRY.format("Two", 2) + "\n\n") == ["One", "Two"]


def test_the_addresses_of_commenters_are_in_no_record() -> None:
    comment = (
        "-----\nCOMMENT:\nAUTHOR: Max\nEMAIL: max@private.example\nIP: 192.0.2.17\nDATE: 01/02/2008\nHello\n"
    )
    records = read(HEAD.format("One") + "1\n" + comment + "-----\n--------\n")
    assert len(records) == 2
    assert "private" not in str(records)
    assert "192.0.2.17" not in str(records)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"TITLE: A note\n\nthat is no export",
        b"Title: Pelican\nDate: 2012-03-04\n\nText",
        b"-----\ntitle: nanoc\n-----\nText",
        b"NOTE: a list\n-----\nBODY:\nx",
    ],
)
def test_other_text_is_not_taken_for_an_export(head: bytes) -> None:
    assert not FORMAT.sniff(source_of(head, "note.txt"))


def test_a_head_longer_than_what_is_looked_at_is_known() -> None:
    tags = "TAGS: " + ",".join(f"tag{number}" for number in range(2_000))
    (post,) = read(f"AUTHOR: Ada\nTITLE: One\n{tags}\n-----\nBODY:\n1\n-----\n--------\n")
    assert isinstance(post, RawPost)
    assert len(post.tags) == 2_000


def test_a_text_over_ten_megabytes_is_skipped_and_harms_no_other() -> None:
    one, two, three = read(
        ENTRY.format("One", "x" * (11 << 20))
        + ENTRY.format("Two", "x" * (17 << 20))
        + ENTRY.format("Three", 3)
    )
    assert isinstance(one, Skipped)
    assert one.why == "one of its texts is longer than 10 MB"
    assert isinstance(two, Skipped)
    assert two.why == "the record is larger than 16 MB"
    assert isinstance(three, RawPost)


@pytest.mark.parametrize("filler", [b"x", b"--------\n", b"-----\n", b"\n", b"TITLE: a\n"])
def test_memory_stays_flat_however_large_an_entry_is(filler: bytes) -> None:
    piece = filler * (1_000_000 // len(filler))

    def pieces() -> Iterator[bytes]:
        yield HEAD.format("One").encode()
        yield from (piece for _ in range(20))

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [type(record) for record in FORMAT.read(source_of_pieces(pieces))] == [Skipped]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # KB


@pytest.mark.parametrize(
    "trap",
    [
        "-----\n",
        "-----\n\n\n",
        "--------\n",
        "--------\nTITLE: x\nno\n",
        "-----\nCOMMENT:\n",
        "-----\nAN UNKNOWN:\n",
    ],
)
def test_a_megabyte_of_dashes_is_one_text(trap: str) -> None:
    text = "a\n" + trap * (1_000_000 // len(trap)) + "z"
    (post,) = read(ENTRY.format("One", text))
    assert isinstance(post, RawPost)
    assert post.body == text
