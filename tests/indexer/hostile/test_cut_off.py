"""Exports cut off inside a post, and `]]>` inside CDATA: what is whole is kept, the broken one told of."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.indexer.hostile.entries import Entry, Export, numbered
from tests.indexer.hostile.exports import EXPORTS, IN_XML
from tests.indexer.hostile.formats import EVERY_FORMAT, EVERY_FORMAT_OF_MANY, each
from tests.indexer.hostile.importing import Imported, imported, imported_export

POSTS = 20
WITH_CDATA = {name: export for name, export in IN_XML.items() if "CDATA" in export.of(Entry()).decode()}


def read_of(found: Imported, export: Export) -> int:
    """How many entries of the export were read, posts and comments, without those beside it."""
    counts = found.report["read"]
    return int(counts["comments"] if export.comments else counts["posts"])


@EVERY_FORMAT_OF_MANY
def test_the_posts_before_a_cut_are_kept_and_the_last_one_is_a_dead_letter(
    tmp_path: Path, export: Export
) -> None:
    content = export.of(*numbered(POSTS))
    found = imported_export(tmp_path, export, content[: content.rindex(b"number 20")])
    assert found.code == 3
    assert read_of(found, export) == POSTS - 1
    assert len(found.letters) == 1
    assert found.letters[0]["source"] == f"site/{export.path}"
    assert found.letters[0]["where"]


@EVERY_FORMAT_OF_MANY
def test_where_more_than_a_tenth_is_lost_nothing_is_published_unless_forced(
    tmp_path: Path, export: Export
) -> None:
    content = export.of(*numbered(5))
    content = content[: content.rindex(b"number 5")]
    beside = {name: text.encode() for name, text in export.beside.items()}
    files = {f"{blog}/{export.path}": content for blog in ("one", "two", "three")} | beside
    found = imported(tmp_path, files)
    assert (found.code, found.is_published) == (1, False)
    assert "--force" in found.error
    assert len(found.letters) >= 3
    forced = imported(tmp_path, files, "--force")
    assert (forced.code, forced.is_published) == (3, True)


@EVERY_FORMAT
def test_a_file_cut_off_anywhere_ends_in_a_message_and_never_in_a_failure(
    tmp_path: Path, export: Export
) -> None:
    content = export.of(*numbered(3 if export.many else 1))
    for number, end in enumerate(range(0, len(content), max(len(content) // 5, 1))):
        found = imported_export(tmp_path / str(number), export, content[:end], "--force")
        assert found.code in (0, 1, 3)
        assert found.code != 1 or found.error


@pytest.mark.parametrize("name", ["wxr", "jsonfeed", "movabletype"])
def test_an_export_whose_compressed_file_is_cut_off_keeps_what_came_before(tmp_path: Path, name: str) -> None:
    packed = gzip.compress(EXPORTS[name].of(*numbered(400)))
    found = imported(tmp_path, {f"{EXPORTS[name].path}.gz": packed[: len(packed) * 9 // 10]})
    assert found.code == 3
    assert 200 < found.report["read"]["posts"] < 400
    assert "cut off" in found.warnings


@each(WITH_CDATA)
def test_an_end_of_cdata_inside_it_loses_that_post_at_most(tmp_path: Path, export: Export) -> None:
    content = export.of(*numbered(POSTS)).replace(b"number 7.", b"number ]]> 7.")
    found = imported_export(tmp_path, export, content)
    assert found.code in (0, 3)
    assert len(found.letters) == POSTS - read_of(found, export) <= 1
    kept = set(map(int, re.findall(r"water number (?:\]\]> )?(\d+)", found.texts())))
    assert kept >= {*range(1, POSTS + 1)} - {7}


@each({name: export for name, export in EXPORTS.items() if export.many and name != "subscribers"})
def test_a_broken_record_in_the_middle_loses_no_more_than_itself(tmp_path: Path, export: Export) -> None:
    broken = b"Low \\q water." if export.path.endswith(".json") else b"Low & </x> < water."
    content = export.of(*numbered(POSTS)).replace(b"Low water number 9.", broken)
    found = imported_export(tmp_path, export, content)
    assert found.code in (0, 3)
    assert read_of(found, export) >= POSTS - 2
    assert POSTS - read_of(found, export) <= len(found.letters)
