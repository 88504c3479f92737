from __future__ import annotations

import pytest

from search.text.beginnings import beginning, chunks_with, signs
from search.text.skeleton import skeleton
from search.text.words import terms


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("dying", "en"), ("skies", "en"), ("Don’t", "en"), ("U.S.", "en"), ("35,000", "en"),
        ("nationality", "en"), ("Haeuser", "de"), ("aktuelle", "de"), ("Straße", "de"),
        ("l’apparemment", "fr"), ("chevaux", "fr"), ("informações", "pt"), ("дронов", "ru"),
        ("東京都", "ja"), ("geaccepteerd", "nl"), ("e\u0301lan", "fr"),
    ],
)  # fmt: skip
def test_a_word_is_a_candidate_for_its_own_terms(word: str, language: str) -> None:
    text = f"so ({word}) there"
    for term in terms(word, language):
        looked_for = signs([beginning(term, language)], language)
        if looked_for is not None:  # else every word is a candidate
            assert any(word in text[start:end] for start, end in chunks_with(looked_for, skeleton(text)))


def test_the_inside_of_a_word_is_no_candidate() -> None:
    looked_for = signs(["dron"], "en")
    assert looked_for is not None
    assert chunks_with(looked_for, "hydrone drone") == [(8, 13)]


def test_a_language_that_takes_letters_from_the_front_has_no_beginnings() -> None:
    assert signs([beginning("aarzel", "nl")], "nl") is None
