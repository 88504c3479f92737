from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.skeleton import STRANGE, skeleton


@given(st.text())
def test_every_character_stays_in_its_place(text: str) -> None:
    assert len(skeleton(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Drone, STRIKE", "drone, strike"),
        ("Łódź – “don’t”", "lodz    don't "),
        ("Straße", f"stra{STRANGE}e"),
        ("e\u0301", f"e{STRANGE}"),
        ("ЁЛКА й", "елка й"),
        ("東京。", "東京 "),
    ],
)
def test_letters_are_folded_and_what_would_move_others_is_strange(text: str, expected: str) -> None:
    assert skeleton(text) == expected
