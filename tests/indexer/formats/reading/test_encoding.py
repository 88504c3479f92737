"""Whatever bytes come in, clean UTF-8 comes out, and repairs are counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.formats.reading import encoding
from indexer.formats.reading.encoding import clean_utf8
from tests.indexer.formats.sources import source_of


def clean(content: bytes) -> tuple[str, list[str]]:
    source = source_of(content)
    return b"".join(clean_utf8(source)).decode("utf-8"), source.warnings


def declared(name: str, text: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="%s"?>' % name.encode() + text


def test_clean_text_is_passed_on_without_a_warning() -> None:
    assert clean("Ære, 春, 🌊\r\n\t".encode()) == ("Ære, 春, 🌊\r\n\t", [])


def test_control_characters_are_left_out_and_counted() -> None:
    assert clean(b"a\0b\x1fc\x7f\xef\xbf\xbf\n") == ("abc\n", ["control characters left out: 4"])


def test_cp1252_among_utf8_is_read_as_such_and_counted() -> None:
    text, warnings = clean("Ære ".encode() + b"\x93quoted\x94 \x81 caf\xe9")
    assert text == "Ære “quoted” \x81 café"
    assert warnings == ["bytes that are not utf-8, read as what they most likely are: 4"]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7])
def test_a_chunk_that_ends_inside_a_character_changes_nothing(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "CHUNK_SIZE", size)
    text = "aÆ春🌊é" * 5
    assert clean(text.encode()) == (text, [])
    assert clean(text.encode("cp1252", "ignore"))[0] == text.encode("cp1252", "ignore").decode("cp1252")


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_known_by_its_mark_or_its_zeros(name: str) -> None:
    assert clean("<a>Ære 🌊</a>".encode(name))[0] == "<a>Ære 🌊</a>"


@pytest.mark.parametrize("name", ["koi8-r", "windows-1251", "iso-8859-5"])
def test_a_declared_encoding_is_used(name: str) -> None:
    text, warnings = clean(declared(name, "Привет".encode(name)))
    assert text.endswith("Привет")
    assert warnings == []


def test_text_declared_as_latin1_is_read_as_the_cp1252_it_is() -> None:
    text, warnings = clean(declared("ISO-8859-1", b"\x93caf\xe9\x94"))
    assert text.endswith("“café”")
    assert warnings == []


@pytest.mark.parametrize("name", ["utf-16", "utf-16-be", "utf-32"])
def test_a_declaration_that_disproves_itself_is_ignored(name: str) -> None:
    assert clean(declared(name, "Ære".encode()))[0].endswith("Ære")


@pytest.mark.parametrize("name", ["no-such-thing", "idna", "unicode_escape", "zip", "rot13", "punycode"])
def test_an_encoding_that_is_none_is_replaced_with_a_warning(name: str) -> None:
    text, warnings = clean(declared(name, "Ære".encode()))
    assert text.endswith("Ære")
    assert warnings == [f"the encoding {name!r} it declares is unknown; it was read as UTF-8"]


def test_a_byte_order_mark_is_left_out() -> None:
    assert clean(b"\xef\xbb\xbf<a/>") == ("<a/>", [])


@given(st.binary(max_size=300))
def test_any_bytes_become_valid_text_without_control_characters(content: bytes) -> None:
    text, _ = clean(content)
    assert not any(ord(character) < 0x20 and character not in "\t\n\r" for character in text)
