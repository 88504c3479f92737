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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The rain had stopped, and those of them that had been out there came back with a smile.", "en"),
        (
            "Il est tard dans la ville, mais elle est avec nous pour une heure, comme cette fois-l\u00e0.",
            "fr",
        ),
        ("Los pueblos de la costa son muy tranquilos cuando hay mar, pero no para las gaviotas.", "es"),
        ("Het was een mooie dag en wij gingen met de trein naar de zee, waar de kinderen speelden.", "nl"),
        ("Det er en god dag for alle, der har tid til at g\u00e5 ud i skoven og se efter fuglene.", "da"),
        ("La casa era molt gran i els nens jugaven al jard\u00ed mentre les mares parlaven del poble.", "ca"),
        (
            "A casa era muito grande e as crian\u00e7as brincavam no jardim com as m\u00e3es, como sempre.",
            "pt",
        ),
    ],
)
def test_languages_with_small_words_in_common_are_told_apart(text: str, language: str) -> None:
    assert detected_language(f"{text} {text}") == language
