from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.text.folding import fold
from search.text.words import MAX_WORD, WORD, form, query_terms, terms, terms_of, tokens

LANGUAGES = ["", "en", "de", "fr", "pt-BR", "ru", "ja", "xx"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Well-known words, split.", ["well", "known", "words", "split"]),
        ("Don’t dont DON'T", ["dont", "dont", "dont"]),
        ("I'll you’re we've she'd don't", ["i", "you", "we", "she", "dont"]),
        ("Kyiv's O'Brien rock'n'roll 'quoted'", ["kyiv", "obrien", "rocknroll", "quoted"]),
        ("U.S. troops, e.g. J.K. Rowling", ["us", "troops", "eg", "jk", "rowling"]),
        ("3.14 35,000 1,234,567.89 2019,2020 1,2", ["3.14", "35000", "1234567.89", "2019", "2020", "1", "2"]),
        ("C# and C++, not a#b nor ab#", ["c#", "and", "c++", "not", "a", "b", "nor", "ab"]),
        ("snake_case _x_", ["snake", "case", "x"]),
        ("Café CAFE\u0301 naïve Łódź straße Ærø", ["cafe", "cafe", "naive", "lodz", "strasse", "aero"]),
        ("ёлка мой Київ їжак", ["елка", "мой", "київ", "їжак"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("don\u00adkey \u0645\u06cc\u200c\u062e", ["donkey", "\u0645\u06cc\u062e"]),
        ("ﬁne \uff37\uff29\uff24\uff25", ["fine", "wide"]),
        ("👍great👍🏽 🇺🇦", ["👍", "great", "👍", "🇺🇦"]),
        ("— ´ … & \u0301", []),
    ],
)
def test_the_words_of_a_text_are_found_and_folded(text: str, expected: list[str]) -> None:
    assert terms(text, "") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("東京都", ["東京", "京都"]),
        ("東", ["東"]),
        ("東京 Tower東", ["東京", "tower", "東"]),
        ("ｶﾞﾝﾀﾞﾑ", ["ガン", "ンダ", "ダム"]),
        ("한국어", ["한국", "국어"]),
        ("ที่นี่", ["ที่นี่"]),
    ],
)
def test_scripts_without_spaces_are_cut_into_overlapping_pairs(text: str, expected: list[str]) -> None:
    assert terms(text, "ja") == expected


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "drones", "drone"), ("en-US", "advances", "advancing"), ("de", "Häuser", "Haus"),
        ("fr", "l’homme", "hommes"), ("it", "dell'arte", "arte"), ("pt_BR", "informação", "informações"),
        ("es", "canción", "canciones"), ("ru", "дроны", "дронов"), ("uk", "Київ", "КИЇВ"),
    ],
)  # fmt: skip
def test_inflections_have_one_term_in_their_language(language: str, one: str, other: str) -> None:
    assert terms(one, language) == terms(other, language)


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert terms("drones running", "xx") == ["drones", "running"]


@given(st.text(), st.sampled_from(LANGUAGES))
@example("ʼ", "")
def test_tokens_are_the_terms_with_their_places(text: str, language: str) -> None:
    found = tokens(text, language)
    assert [token.term for token in found] == terms(text, language)
    assert all(token.term for token in found)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)


@given(st.text(), st.sampled_from(LANGUAGES))
def test_a_text_is_found_by_itself(text: str, language: str) -> None:
    positions = query_terms(text, ["en", language])
    assert len(positions) == len(terms(text, language))
    assert all(term in position for term, position in zip(terms(text, language), positions, strict=True))


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(fold(text))) == fold(fold(text))


def test_the_alternatives_of_a_position_are_distinct_and_in_the_order_of_languages() -> None:
    assert query_terms("drones war", ["en", "pt", "en-GB"]) == (("drone", "dron"), ("war",))
    assert query_terms("Drones", []) == (("drones",),)


def test_a_query_typed_without_accents_finds_what_the_stemmer_knows_by_them() -> None:
    assert terms("informação", "pt")[0] in query_terms("informacao", ["pt"])[0]
    assert terms("élevée", "fr")[0] in query_terms("elevee", ["fr"])[0]


def test_places_leave_out_what_is_no_part_of_the_word() -> None:
    assert [tuple(token) for token in tokens("_ab_ 東京都", "")] == [
        ("ab", 1, 3),
        ("東京", 5, 7),
        ("京都", 6, 8),
    ]


def test_long_words_count_by_their_beginning_in_texts_and_queries() -> None:
    (term,) = terms("x" * 10_000, "en")
    assert len(term) <= MAX_WORD
    assert query_terms("x" * 10_000, ["en"]) == ((term,),)


def test_a_long_run_without_spaces_is_all_found() -> None:
    assert len(terms("東京" * 5_000, "ja")) == 9_999


@pytest.mark.parametrize(
    "text",
    ["\u0301\u0316" * 50_000, "e" + "\u0301" * 100_000, "a'" * 50_000, "1,000" * 20_000, "a.b." * 25_000],
)
def test_hostile_words_are_analysed_without_failing(text: str) -> None:
    assert all(len(term) <= MAX_WORD for term in terms(text, "en"))
    fold(text)


def test_threads_agree_on_the_terms() -> None:
    texts = [
        " ".join(f"running{n}s houses{n % 7}" for n in range(start, start + 500))
        for start in range(0, 8_000, 100)
    ]
    alone = [terms(text, "sv") for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: terms(text, "sv"), texts * 3)) == alone * 3


def test_a_word_that_was_found_can_be_analysed_alone() -> None:
    text = "Foo_bar U.S. 東京都 👍🏽"
    assert [term for word in WORD.findall(text) for term in terms_of(word, "en")] == terms(text, "en")


def test_a_form_is_a_word_before_stemming() -> None:
    assert [form(word) for word in ("Don’t", "Drones", "U.S", "35,000", "ÉLAN")] == [
        "dont",
        "drones",
        "us",
        "35000",
        "elan",
    ]


def test_marks_belong_to_words_in_the_scripts_of_living_languages() -> None:
    letters = {unicodedata.name(letter).split()[0]: letter for letter in "कขကកਕકకಕകકאابեც"}
    words = [
        letters[script] + mark + letters[script]
        for mark in map(chr, range(0x10000))
        if unicodedata.category(mark) in ("Mn", "Mc")
        and (script := unicodedata.name(mark).split()[0]) in letters
    ]
    assert len(words) > 200
    assert [word for word in words if WORD.findall(word) != [word]] == []
