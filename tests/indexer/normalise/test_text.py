from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from indexer.normalise.text import clean, has_bad_characters, one_line


def test_control_characters_and_lone_surrogates_are_removed() -> None:
    assert clean("a\0b\x08c\ud800d\x7fe\ufffff\tg") == "abcdef\tg"


def test_quotes_and_dashes_of_windows_become_what_was_meant() -> None:
    assert clean("it\x92s \x93so\x94 \x96 \x81x") == "it\u2019s \u201cso\u201d \u2013 x"


def test_line_ends_are_line_feeds() -> None:
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_accents_are_composed() -> None:
    assert clean("e\u0301") == "\u00e9"


def test_ten_thousand_accents_on_one_letter_are_cut_to_thirty() -> None:
    assert len(clean("x" + "\u0316\u0301" * 10_000 + "y")) == 32


def test_white_space_is_collapsed_in_names() -> None:
    assert one_line(" a\n\u00a0 b\t") == "a b"


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_what_is_clean_can_be_stored_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not has_bad_characters(cleaned)
    assert clean(cleaned) == cleaned


@given(st.text(alphabet=st.characters(categories=("L", "P", "S", "N"))))
def test_what_a_quick_look_calls_clean_is_composed(text: str) -> None:
    for around in (text, f"e{text}", f"{text}\u0301"):
        assert unicodedata.is_normalized("NFC", clean(around))
