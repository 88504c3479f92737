"""Chunks of texts as numbers: equal ones are equal, whether the table or the dictionary knows them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.text import short_strings
from search.text.chunk_numbers import ChunkNumbers

LIKE_EACH_OTHER = "a a\0 a\0\0 aaaaaaaa aaaaaaaaa aaaaaaaaaaaaaaaa aaaaaaaaaaaaaaaaa b é éa 日本語"


def read_back(texts: list[str]) -> list[list[str]]:
    """The chunks that the numbers of each text stand for, each looked up twice."""
    chunks = ChunkNumbers()
    first = [chunks.of(text)[0].tolist() for text in texts]
    assert [chunks.of(text)[0].tolist() for text in texts] == first
    known = chunks.new()
    assert len(known) == len(chunks)
    return [[known[number] for number in numbers] for numbers in first]


def test_chunks_that_look_alike_are_told_apart() -> None:
    assert read_back([LIKE_EACH_OTHER, LIKE_EACH_OTHER]) == [LIKE_EACH_OTHER.split(" ")] * 2


def test_a_small_table_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_strings, "_FEWEST_BITS", 1)
    assert read_back(["one two three four five", "five four six"]) == [
        ["one", "two", "three", "four", "five"],
        ["five", "four", "six"],
    ]


def test_letters_of_ascii_are_lower_case_and_others_are_left() -> None:
    assert read_back(["ÀB Ab"]) == [["Àb", "ab"]]


def test_chunks_begin_at_bytes_of_the_text() -> None:
    _, begins = ChunkNumbers().of("é  rain\tand\n")
    assert begins.tolist() == [0, 4, 9]


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("ab \t\n\0é日\xa0")), max_size=5))
def test_any_text_is_divided_at_white_space(texts: list[str]) -> None:
    assert read_back(texts) == [
        [chunk.decode() for chunk in text.encode().split()]  # which divides at white space of ASCII
        for text in texts
    ]
