from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.parser import parse
from search.results import Fragments, Snippet
from search.text.fragments import Highlighter
from search.text.matching import Matcher, text_terms
from search.text.passages import MAX_LENGTH


def marked(
    query: str, text: str, language: str = "en", field: str = "body", languages: tuple[str, ...] = ("en",)
) -> str:
    return shown(Highlighter(parse(query).node, languages).mark(text, language, field))


def shown(fragments: Fragments) -> str:
    return "".join(f"[{fragment.text}]" if fragment.matched else fragment.text for fragment in fragments)


def snippets(query: str, text: str, most: int = 3) -> list[str]:
    return [
        cut(snippet) for snippet in Highlighter(parse(query).node, ("en",)).snippets(text, "en", most=most)
    ]


def cut(snippet: Snippet) -> str:
    return "…" * snippet.before + shown(snippet.fragments) + "…" * snippet.after


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("drone", "Drones, a drone’s DRONE; dromedary", "[Drones], a [drone’s] [DRONE]; dromedary"),
        ("cafe", "Café\nCAFE\u0301", "[Café]\n[CAFE\u0301]"),
        ("drone kursk", "drones over Kursk", "[drones] over [Kursk]"),
        ("drone OR kursk", "Kursk", "[Kursk]"),
        ("drone -kursk", "drones over Kursk", "[drones] over Kursk"),
        (
            '"drone strike"',
            "a drone strike, not a strike or drone",
            "a [drone strike], not a strike or drone",
        ),
        ('"drone strike"', "Drone\n  strikes. Drone-strike.", "[Drone\n  strikes]. [Drone-strike]."),
        (
            '"drone kursk"~1',
            "drones over Kursk; drones high over Kursk",
            "[drones] over [Kursk]; drones high over Kursk",
        ),
        ('"a b a"', "a b a b a", "[a b a] b a"),
        ("well-known", "a well known and well-known wellness", "a [well known] and [well-known] wellness"),
        ("dro*", "drone hydro DROP", "[drone] hydro [DROP]"),
        ("dr?ne", "drone drane drne", "[drone] [drane] drne"),
        ("d*e", "drone de drones dean", "[drone] [de] drones dean"),
        ("kursk~", "Kirsk Kurks Kusk Kyrsc", "[Kirsk] [Kurks] [Kusk] Kyrsc"),
        ("author:drone tag:kursk date:2024", "drone kursk 2024", "drone kursk 2024"),
        ("title:drone", "drone", "drone"),
        ("body:drone", "drone", "[drone]"),
        ("", "anything", "anything"),
        ("drone", "", ""),
        ("foo", "_foo_bar", "_[foo]_bar"),
        ("35000", "35,000 men", "[35,000] men"),
        ("US", "the U.S. army", "the [U.S]. army"),
    ],
)
def test_what_matched_is_marked(query: str, text: str, expected: str) -> None:
    assert marked(query, text) == expected


def test_a_field_marks_only_there() -> None:
    assert marked("title:drone kursk", "drone kursk", field="title") == "[drone] [kursk]"


def test_a_word_of_chinese_is_marked_as_a_whole() -> None:
    assert marked("東京都", "これは東京都です。東京です。", "ja") == "これは[東京都]です。東京です。"


def test_the_single_character_of_a_pair_is_marked_with_it() -> None:
    assert marked("東", "東京", "ja") == "[東京]"


def test_words_match_by_the_language_of_the_text() -> None:
    assert marked("häuser", "Das Haus", "de", languages=("en", "de")) == "Das [Haus]"
    assert marked("drones", "DRONES", "xx", languages=("en",)) == "[DRONES]"


def test_whether_there_is_anything_to_match() -> None:
    assert Highlighter(parse("drone").node, ()).matches_anything
    assert not Highlighter(parse("-drone tag:war date:2024").node, ()).matches_anything


@given(
    st.lists(
        st.sampled_from(
            ["drone", "Drones", "kursk,", "x", "東京", "“strike”", "\n", " ", "a-drone", "e\u0301", "strike."]
        )
    ),
    st.sampled_from(["drone", '"drone strike"', "kursk OR stri*", "東京 drone~", '"drone kursk"~2', "x"]),
)
def test_marking_and_cutting_keep_the_text(pieces: list[str], query: str) -> None:
    text = " ".join(pieces)
    highlighter = Highlighter(parse(query).node, ("en",))
    assert "".join(fragment.text for fragment in highlighter.mark(text, "en")) == text
    flat = " ".join(text.split())
    for snippet in highlighter.snippets(text, "en"):
        passage = "".join(fragment.text for fragment in snippet.fragments)
        assert passage
        assert passage == passage.strip()
        assert passage in flat
        assert len(passage) <= MAX_LENGTH


@given(
    st.lists(
        st.sampled_from(["drone", "(drones)", "kursk", "x-drone", "strike", "東京都", "don't", "over"])
    ).map(" ".join),
    st.sampled_from(["drone kursk", '"drone strike" over', "dro* x", "東京都", "kurks~ dont"]),
)
def test_looking_for_letters_finds_what_reading_every_word_finds(text: str, query: str) -> None:
    terms = tuple(text_terms(parse(query).node))
    quick, thorough = (Matcher(terms, ("en",), "en", "body") for _ in range(2))
    thorough._signs = dict.fromkeys(thorough._signs)
    for number, phrase in thorough._phrases.items():
        thorough._phrases[number] = replace(phrase, places=(None,) * phrase.shape.size)
    assert quick.read(text).occurrences() == thorough.read(text).occurrences()


FILLER = "Nothing of note was said in this long sentence about the weather. " * 20


def test_the_passage_with_most_of_the_words_comes_first() -> None:
    text = f"A drone rose. {FILLER} The drone flew over Kursk. {FILLER} Kursk again."
    first, second, third = snippets("drone kursk", text)
    assert "The [drone] flew over [Kursk]." in first
    assert second.startswith("A [drone] rose.")
    assert third.endswith("[Kursk] again.")


def test_a_word_not_shown_yet_is_preferred_to_one_repeated() -> None:
    text = f"Drone drone drone. {FILLER} Drone drone drone drone. {FILLER} Kursk."
    first, second = snippets("drone OR kursk", text, most=2)
    assert first.count("[") == 4
    assert "[Kursk]" in second


def test_passages_do_not_overlap() -> None:
    text = " ".join(f"drone{' word' * 7} {number}." for number in range(100))
    found = snippets("drone", text)
    numbers = [number for snippet in found for number in snippet.replace(".", "").split() if number.isdigit()]
    assert len(found) == 3
    assert len(numbers) == len(set(numbers))


def test_a_passage_begins_with_a_sentence_and_says_what_is_cut_off() -> None:
    (only,) = snippets("kursk", f"{FILLER}They went to Kursk. {FILLER}")
    assert only.startswith("…They went to [Kursk]. Nothing of note")
    assert only.endswith("…")


@pytest.mark.parametrize("apart", range(140, 210))
def test_a_passage_never_ends_inside_one_of_its_words(apart: int) -> None:
    sentence = "A sentence of its own comes to eighty letters before there is any word of a tide"
    text = f"{FILLER}{sentence} {'x ' * (apart // 2)}{'y' * (apart % 2)} tides. {FILLER}"
    first, *_ = snippets("tide", text)
    assert set(re.findall(r"\[\w+\]", first)) <= {"[tide]", "[tides]"}


def test_the_beginning_is_shown_where_nothing_matched() -> None:
    (only,) = Highlighter(parse("xyz").node, ()).snippets("  " + FILLER, "en")
    assert not only.before
    assert only.after
    assert cut(only).startswith("Nothing of note")
    assert only.field == "body"


def test_a_short_text_is_shown_whole() -> None:
    assert snippets("kursk", "  To\n\n Kursk\tand back. ") == ["To [Kursk] and back."]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_a_blank_text_has_no_passage(text: str) -> None:
    assert snippets("kursk", text) == []


@pytest.mark.parametrize(
    "text",
    ["x" * 5_000, "kursk" * 1_000, "東京都" * 2_000, "kursk " * 2_000, "\u0301" * 3_000, "kursk\u0301" * 900],
)
def test_text_without_a_place_to_cut_is_cut_all_the_same(text: str) -> None:
    for query in ("kursk", "東京", "k*", "none"):
        for snippet in Highlighter(parse(query).node, ()).snippets(text, ""):
            assert 0 < sum(len(fragment.text) for fragment in snippet.fragments) <= MAX_LENGTH


def test_a_megabyte_of_matches_is_cut_into_three() -> None:
    assert len(snippets('drone "drone strike" str*', "drone strike over kursk " * 40_000)) == 3
