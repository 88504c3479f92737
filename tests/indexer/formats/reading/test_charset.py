"""A text that does not name its encoding gives it away."""

from __future__ import annotations

import pytest

from indexer.formats.reading.charset import guessed_charset
from tests.indexer.formats.sources import source_of

JAPANESE = "これは本文です。川には古い舟がありました。カタカナもあります。\n"


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("euc_jp", "euc_jp"), ("cp932", "cp932"), ("iso2022_jp", "iso2022_jp"), ("utf-8", "")],
)
@pytest.mark.parametrize("before", ["", "ASCII alone.\n" * 100_000], ids=["at once", "after a megabyte"])
def test_japanese_is_told_apart(encoding: str, charset: str, before: str) -> None:
    assert guessed_charset(source_of((before + JAPANESE * 3).encode(encoding))) == charset


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Café “Bateau” – déjà vu, naïve façade, Größe\n", "cp1252"),
        ("Æble, Øl og Åse; señor, mañana, ¿qué?\n", "latin-1"),
        ("Perché è così, là c'è già la città; più su, però, no\n", "cp1252"),
        ("Αυτή η βάρκα ήταν παλιά και το ποτάμι πολύ ήσυχο εκείνη τη μέρα\n", "cp1253"),
        ("הסירה הייתה ישנה והנהר היה שקט מאוד באותו היום\n", "cp1255"),
        ("ÀÉÎÕÜ\n", "latin-1"),
        ("ASCII alone.\n", "ascii"),
        ("", "ascii"),
    ],
)
def test_other_text_is_taken_for_none_of_them(text: str, encoding: str) -> None:
    assert guessed_charset(source_of((text * 20).encode(encoding))) == ""


@pytest.mark.parametrize(("encoding", "charset"), [("cp1251", "cp1251"), ("koi8-r", "koi8-r"), ("utf-8", "")])
@pytest.mark.parametrize(
    "text",
    [
        "Привет, мир. Это старая лодка на реке, и над ней кричали чайки.\n",
        "<p>Днес лодката беше на реката.</p>\n",
        "<P>ЗАГОЛОВОК</P>\n<P>И немного текста за ним, как обычно бывает.</P>\n",
    ],
)
def test_cyrillic_is_told_apart(text: str, encoding: str, charset: str) -> None:
    assert guessed_charset(source_of((text * 20).encode(encoding))) == charset


def test_a_few_damaged_characters_do_not_make_utf_8_something_else() -> None:
    content = JAPANESE.encode() * 20 + "\u201cquoted\u201d\n".encode("cp1252")
    assert guessed_charset(source_of(content)) == ""


@pytest.mark.parametrize(("encoding", "charset"), [("euc_jp", "euc_jp"), ("utf-8", "")])
def test_halves_of_characters_where_the_sample_ends_change_nothing(encoding: str, charset: str) -> None:
    for before in range(4):
        content = b"x" * before + JAPANESE.encode(encoding).replace(b"\n", b"") * 5_000
        assert guessed_charset(source_of(content)) == charset
