from __future__ import annotations

import pytest

from indexer.normalise.language import declared_language, detected_language

GERMAN = (
    "Der Zug kam wieder einmal zu sp\u00e4t, und so blieb uns nichts anderes \u00fcbrig, als auf dem"
    " Bahnsteig zu warten, w\u00e4hrend der Regen gegen die Scheiben schlug"
    " und niemand wusste, wann es weitergeht."
)


@pytest.mark.parametrize(
    ("declared", "language"),
    [
        *(
            ("en", "en"),
            ("en-US", "en"),
            ("pt_BR", "pt"),
            (" DE ", "de"),
            ("zh-Hans-CN", "zh"),
            ("eng", "en"),
        ),
        *(("en_US.UTF-8", "en"), ("iw", "he"), ("", ""), ("english", ""), ("und", ""), ("x" * 9_000, "")),
    ],
)
def test_a_declared_language_is_reduced_to_its_code(declared: str, language: str) -> None:
    assert declared_language(declared) == language


def test_a_language_is_detected_in_a_text_that_is_long_enough() -> None:
    assert detected_language(GERMAN) == "de"
    assert detected_language(GERMAN[:30]) == ""


def test_no_language_is_claimed_where_there_is_none() -> None:
    assert detected_language("1 2 3 4 5 6 7 8 9 " * 20) == ""
    assert detected_language("node.tar.gz 7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4a5b6c " * 10) == ""
