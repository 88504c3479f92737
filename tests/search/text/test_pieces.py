"""Very long chunks are read in pieces, and nothing is found otherwise than in the whole."""

from hypothesis import given
from hypothesis import strategies as st

from search.query.parser import parse
from search.text.fragments import Highlighter
from search.text.pieces import LONG, pieces
from search.text.words import tokens

_PARTS = [
    "東京都",
    "が\u3099",
    "ﾊﾟ",
    "drone",
    "ประเทศ",
    "ที่",
    "😀",
    "👍🏽",
    "🇩🇪",
    "_",
    "3",
    "한국",
    "\u1112\u1161",
]


@given(st.lists(st.sampled_from(_PARTS), min_size=60, max_size=400))
def test_each_term_of_a_chunk_is_in_exactly_one_of_its_pieces(parts: list[str]) -> None:
    text = "".join(parts)
    found = [
        (term, start + first, start + last)
        for start, end in pieces(text, (0, len(text)))
        for term, first, last in tokens(text[start:end], "en")
    ]
    assert found == [tuple(token) for token in tokens(text, "en")]


def test_a_short_chunk_is_one_piece() -> None:
    assert pieces("、東京都", (1, 4)) == [(1, 4)]


def test_a_phrase_is_found_across_the_pieces_of_a_text_without_a_separator() -> None:
    for before in range(LONG - 3, LONG + 3):
        text = "字" * before + "東京都庁舎" + "字" * LONG
        marked = [
            piece.text
            for piece in Highlighter(parse("東京都庁舎").node, ("ja",)).mark(text, "ja")
            if piece.matched
        ]
        assert marked == ["東京都庁舎"]


def test_a_whole_text_is_marked_that_has_more_of_a_phrase_than_passages_are_chosen_of() -> None:
    text = "東京都、" * 1500
    marked = [piece for piece in Highlighter(parse("東京都").node, ("ja",)).mark(text, "ja") if piece.matched]
    assert len(marked) == 1500


def test_a_passage_of_a_text_full_of_a_phrase_shows_it() -> None:
    snippet, *_ = Highlighter(parse("東京都").node, ("ja",)).snippets("京都東" * 3000 + "東京都" * 3000, "ja")
    assert any(fragment.matched for fragment in snippet.fragments)
