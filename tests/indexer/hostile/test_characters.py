"""Control characters, mixed encodings and wrong declarations: recovered, with a warning and a count."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.indexer.hostile.entries import Entry, Export, numbered
from tests.indexer.hostile.formats import EVERY_FORMAT, EVERY_FORMAT_IN_XML, EVERY_FORMAT_OF_POSTS
from tests.indexer.hostile.importing import imported_export

CONTROLS = bytes(code for code in range(1, 0x20) if code not in b"\t\n\r")
COUNTED = re.compile(r"\d")


@EVERY_FORMAT_OF_POSTS
@pytest.mark.parametrize("controls", [CONTROLS, b"\0", b"\0" * 9], ids=["all", "NUL", "many NULs"])
def test_control_characters_are_left_out_with_a_warning_and_the_text_kept(
    tmp_path: Path, export: Export, controls: bytes
) -> None:
    content = export.of(Entry("<p>Low MARK water.</p>")).replace(b"MARK ", controls)
    found = imported_export(tmp_path, export, content)
    assert found.code == 0
    assert "Low water." in found.texts()
    assert "control characters" in found.warnings
    assert COUNTED.search(found.warnings)


@EVERY_FORMAT_OF_POSTS
def test_cp1252_among_utf8_is_read_with_a_warning_and_a_count(tmp_path: Path, export: Export) -> None:
    content = export.of(Entry("<p>Größe, MARKLow waterMARK.</p>", number=1))
    content = content.replace(b"MARK", b"\x93", 1).replace(b"MARK", b"\x94", 1)
    content = content.replace(b"Gr\\u00f6\\u00dfe", "Größe".encode())
    found = imported_export(tmp_path, export, content)
    assert found.code == 0
    assert re.search('Größe, [“"]Low water[”"]', found.texts())
    assert COUNTED.search(found.warnings)


@EVERY_FORMAT_OF_POSTS
def test_bytes_that_are_no_text_at_all_harm_no_other_word(tmp_path: Path, export: Export) -> None:
    content = export.of(Entry("<p>Low MARK water.</p>")).replace(b"MARK", b"\xff\xfe\xc3\x28\xed\xa0\x80\xf5")
    found = imported_export(tmp_path, export, content)
    assert found.code == 0
    assert re.search(r"Low .* water\.", found.texts())
    assert found.warnings


@EVERY_FORMAT_IN_XML
@pytest.mark.parametrize("declared", ["utf-16", "iso-8859-1", "us-ascii", "x-nonsense", "utf-7", "zlib"])
def test_a_wrong_declaration_is_seen_through(tmp_path: Path, export: Export, declared: str) -> None:
    content = export.of(Entry("<p>Größe</p>"))
    content = re.sub(rb'encoding="[^"]*"', f'encoding="{declared}"'.encode(), content, count=1)
    found = imported_export(tmp_path, export, content)
    assert found.code == 0
    assert "Größe" in found.texts()


@EVERY_FORMAT
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "utf-8-sig", "cp1252"])
def test_a_whole_file_in_another_encoding_is_read_or_told_of(
    tmp_path: Path, export: Export, encoding: str
) -> None:
    content = export.of(Entry("<p>Low w\xe4ter</p>")).decode().encode(encoding)
    found = imported_export(tmp_path, export, content)
    assert found.code in (0, 1, 3)
    if found.code:
        assert "site" in found.told


@EVERY_FORMAT
@pytest.mark.parametrize(
    "content", [b"", b"\0", b"\xff" * 5_000, b"\0" * 5_000, b"\xef\xbb\xbf", bytes(range(256)) * 20]
)
def test_a_file_of_no_text_ends_in_a_message(tmp_path: Path, export: Export, content: bytes) -> None:
    found = imported_export(tmp_path, export, content)
    assert found.code in (0, 1, 3)
    assert found.code != 1 or found.error


@EVERY_FORMAT_OF_POSTS
def test_what_was_recovered_is_not_told_of_a_clean_file(tmp_path: Path, export: Export) -> None:
    found = imported_export(tmp_path, export, export.of(*numbered(1)))
    assert "control" not in found.warnings
    assert not found.letters
