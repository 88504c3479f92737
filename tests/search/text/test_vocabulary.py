"""Texts as numbers: the same terms as word by word, whatever the text and whatever was met before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.text import vocabulary as module
from search.text.vocabulary import Vocabulary
from search.text.words import terms

TEXTS = (
    "",
    "The cat's whiskers; the CATS' too, don't they? I'll we're it's",
    "U.S. and U.S.A. cost 35,000 or 3.14, in C# and C++, a_b __init__ _ x-y http://example.org/a?b=c",
    "\uff26\uff35\uff2c\uff2c \uff57\uff49\uff44\uff45 ﬁne STRASSE straße İstanbul ıspanak ΣΊΣΥΦΟΣ σίσυφος",
    "“Quoted” ‘words’ – and… dashes—joined l’été aujourd’hui ʼn ʼtis o’clock Lourenço informação",
    "東京都に行く 한국어 텍스트 ภาษาไทย 用Python写 🤞🏽 👍 🇫🇷🇩🇪 日",
    "и\u0306 у\u0306 cafe\u0301 \u0301\u0301 ﷺ ㍿ ½ ² a\u00adb x\u200dy",
    "w" * 100 + " " + "é" * 100 + " " + "ﬃ" * 70 + " x" + "\u0301" * 80,
    "हिन्दी में ضَرَبَ עברית ქართული Ελληνικά український її",
    "one\x1ctwo\x85three\xa0four\u2028five\u3000six\x00seven\ud800eight",
)
LANGUAGES = ("en", "", "fr", "de", "pt-BR", "tr", "ru", "zh", "nonsense")


def read(vocabulary: Vocabulary, texts: Sequence[str], language: str) -> list[tuple[list[str], list[str]]]:
    """Forms and stems of each text."""
    looked = vocabulary.look_up(texts, language)
    ends = [0, *accumulate(looked.counts.tolist())]
    assert ends[-1] == len(looked.readings)
    forms, stems = (
        written.decode("utf-8", "surrogatepass").split("\n") for written in vocabulary.forms_and_stems()
    )
    readings = [looked.readings[start:end].tolist() for start, end in pairwise(ends)]
    return [([forms[each] for each in read], [stems[each] for each in read]) for read in readings]


def one_by_one(texts: Sequence[str], language: str) -> list[tuple[list[str], list[str]]]:
    return [(terms(text, ""), terms(text, language)) for text in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_have_the_terms_they_have_word_by_word(language: str) -> None:
    assert read(Vocabulary(), TEXTS, language) == one_by_one(TEXTS, language)


SCRAPS = st.sampled_from(
    [*" '’.,-_#+\n\tʼ", "\u0301", "ß", "ﬁ", "3", "0", "日", "本", "🤞", "🏽", "C#", "é", "'s", "İ"]
)
MIXED = st.lists(
    st.one_of(SCRAPS, st.text(max_size=6), st.sampled_from(["running", "Die", "ran"])), max_size=30
)


@settings(deadline=None)
@given(st.lists(MIXED.map("".join), max_size=5), st.sampled_from(LANGUAGES))
def test_any_texts_have_the_terms_they_have_word_by_word(texts: list[str], language: str) -> None:
    assert read(Vocabulary(), texts, language) == one_by_one(texts, language)


def test_a_vocabulary_serves_several_languages_in_turn() -> None:
    vocabulary = Vocabulary()
    for language in ("en", "de", "en", "fr", "de-AT"):
        assert read(vocabulary, TEXTS, language) == one_by_one(TEXTS, language)


def test_a_reading_keeps_its_number_after_its_strings_were_forgotten() -> None:
    vocabulary = Vocabulary(remembered=0)
    first = vocabulary.look_up(TEXTS, "en")
    assert read(vocabulary, TEXTS, "en") == one_by_one(TEXTS, "en")
    forms, _ = vocabulary.forms_and_stems()
    words = forms.decode("utf-8", "surrogatepass").split("\n")
    assert [words[each] for each in first.readings] == [word for text in TEXTS for word in terms(text, "")]


def test_a_long_text_is_read_in_parts_that_end_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LONGEST", 7)
    assert read(Vocabulary(), TEXTS, "en") == one_by_one(TEXTS, "en")


def test_a_known_word_needs_no_new_number() -> None:
    vocabulary = Vocabulary()
    vocabulary.look_up(["rain"], "en")
    vocabulary.look_up(["Rain, rain; RAIN!"], "en")
    assert len(vocabulary) == 1
    assert vocabulary.size > 0
