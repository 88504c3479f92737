"""Texts and posts of any length, and many thousand tags: capped and told of, in flat memory."""

from __future__ import annotations

import io
import re
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from indexer.formats import FORMATS
from indexer.formats.format import Format
from indexer.record import RawComment, RawPost, Skipped
from indexer.source import Source
from search.errors import SourceRefused
from tests.indexer.formats.sources import Pieces
from tests.indexer.hostile.entries import Entry, Export, numbered
from tests.indexer.hostile.exports import EXPORTS, OF_POSTS
from tests.indexer.hostile.formats import EVERY_FORMAT_OF_POSTS, EVERY_FORMAT_WITH_TAGS, each
from tests.indexer.hostile.importing import imported_export

MEGABYTE = 1 << 20
BY_NAME = {chosen.name: chosen for chosen in FORMATS}
STREAMED = {
    name: OF_POSTS[name]
    for name in ("wxr", "takeout", "blogger", "disqus", "blogml", "livejournal", "ghost", "movabletype")
}


def streamed(export: Export, megabytes: int, noted: list[int] | None = None) -> Source:
    """An export of three entries, of which the second has a text of so many megabytes, made as it is read.

    How much memory is in use at each of these megabytes is `noted`.
    """
    content = export.of(Entry(number=1), Entry("MARK", number=2), Entry(number=3))
    before, after = content.split(b"MARK")

    def pieces() -> Iterator[bytes]:
        yield before
        for _ in range(megabytes):
            if noted is not None:
                noted.append(resident())
            for _ in range(16):
                yield b"Low water. " * 5_957 + b"\n"  # 64 KiB
        yield after

    return Source(export.path, lambda: cast(BinaryIO, io.BufferedReader(Pieces(pieces()))))


def resident() -> int:
    """Megabytes of memory that this process has now, whatever the tests before took at their most."""
    status = Path("/proc/self/statm")
    if not status.exists():
        pytest.skip("the system does not tell how much memory is in use")
    return int(status.read_text().split()[1]) * resource.getpagesize() // MEGABYTE


def refusal(chosen: Format, source: Source) -> str:
    """Why the source, or records of it, could not be read."""
    try:
        return "\n".join(record.why for record in chosen.read(source) if isinstance(record, Skipped))
    except SourceRefused as error:
        return str(error)


@pytest.mark.parametrize("name", STREAMED)
def test_a_text_of_any_length_is_a_dead_letter_in_flat_memory(name: str) -> None:
    before, noted = resident(), list[int]()
    records = list(BY_NAME[name].read(streamed(STREAMED[name], 150, noted)))
    assert sum(isinstance(record, RawPost | RawComment) for record in records) == 2
    (skipped,) = (record for record in records if isinstance(record, Skipped))
    assert "MB" in skipped.why
    assert max(noted) - before < 75


@EVERY_FORMAT_OF_POSTS
def test_a_text_over_ten_megabytes_is_cut_or_a_dead_letter_and_told_of(
    tmp_path: Path, export: Export
) -> None:
    text = "<p>" + "Low water. " * MEGABYTE + "</p>"
    found = imported_export(tmp_path, export, export.of(Entry(text)), "--force")
    assert re.search("MB|million characters", found.told)
    assert not found.is_published or len(found.texts()) < 11 * MEGABYTE


@each({name: export for name, export in EXPORTS.items() if name in ("jsonfeed", "feed", "opml", "beehiiv")})
def test_a_file_that_is_held_as_a_whole_is_refused_where_it_is_too_large(export: Export) -> None:
    name = next(name for name, other in EXPORTS.items() if other is export)
    assert re.search("MB|field limit", refusal(BY_NAME[name], streamed(export, 150)))


@EVERY_FORMAT_WITH_TAGS
def test_of_many_tags_the_first_thousand_are_kept_with_a_warning(tmp_path: Path, export: Export) -> None:
    tags = tuple(f"t{number}" for number in range(50_000))
    found = imported_export(tmp_path, export, export.of(Entry(tags=tags)), "--force")
    assert re.search("tags|MB|front matter longer than", found.told)
    if found.code == 0:
        (post,) = (read.post for read in found.read())
        assert post.tags == tags[:1_000]


def test_a_record_with_more_tags_than_its_parser_may_hold_is_a_dead_letter(tmp_path: Path) -> None:
    tags = tuple(f"t{number}" for number in range(300_000))  # each in an element of some 60 bytes
    entries = (*numbered(12), Entry(tags=tags, number=13))
    found = imported_export(tmp_path, EXPORTS["wxr"], EXPORTS["wxr"].of(*entries))
    assert found.code == 3
    assert found.report["read"]["posts"] == 12
    assert "tags" in found.letters[0]["why"] or "MB" in found.letters[0]["why"]
