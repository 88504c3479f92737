"""The words of a search are marked and numbered all over a page, whatever HTML they stand in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from search.query.parser import parse
from search.text.fragments import Highlighter
from web.presenters.post.marks import Marks


def marks(query: str = "war") -> Marks:
    return Marks(Highlighter(parse(query).node, ["en"]))


def html(sanitised: str, query: str = "war") -> str:
    """As marked, without the numbers."""
    return re.sub(r' id="match-\d+"', "", marks(query).html(sanitised, "en"))


def outer(written: str) -> str:
    """The first `div` as a parser understands it."""
    (div, *_) = LexborHTMLParser(written).css("div")
    return div.html or ""


def test_words_are_marked_between_tags() -> None:
    assert html("<p>At <em>war</em>, war.</p>") == "<p>At <em><mark>war</mark></em>, <mark>war</mark>.</p>"


def test_matches_are_numbered_through_all_texts_of_a_page() -> None:
    page = marks()
    assert page.text("War & peace", "en", "title") == '<mark id="match-1">War</mark> &amp; peace'
    assert page.html("<p>No</p>", "en") == "<p>No</p>"
    assert page.html("<p>war war</p>", "en") == (
        '<p><mark id="match-2">war</mark> <mark id="match-3">war</mark></p>'
    )
    assert page.total == 3


def test_a_match_across_elements_is_one_match_marked_in_each() -> None:
    page = marks('"cold war"')
    assert page.html("<p>A <b>cold</b> war</p>", "en") == (
        '<p>A <b><mark id="match-1">cold</mark></b><mark> war</mark></p>'
    )
    assert page.total == 1


def test_a_word_is_whole_though_a_tag_stands_in_it() -> None:
    assert html("<p><b>w</b>ar</p>") == "<p><b><mark>w</mark></b><mark>ar</mark></p>"
    assert html("<p>w</p><p>ar</p>") == "<p>w</p><p>ar</p>"


def test_no_mark_stands_where_only_rows_and_items_may() -> None:
    items = html("<ul> <li>cold</li> <li>war</li> </ul>", '"cold war"')
    assert items == "<ul> <li><mark>cold</mark></li> <li><mark>war</mark></li> </ul>"


def test_attributes_are_not_text() -> None:
    link = '<a href="/war?a>b" title="war &quot;x&quot; > war">peace</a>'
    assert html(link) == link


def test_entities_stay_what_they_stand_for() -> None:
    assert html("<p>1 &lt; 2 &amp;amp; war&nbsp;</p>") == "<p>1 &lt; 2 &amp;amp; <mark>war</mark>\xa0</p>"


def test_a_tag_that_is_never_closed_is_shown_as_text() -> None:
    assert html('war <a href="x') == "<mark>war</mark> &lt;a href=&#34;x"


def test_deep_nesting_and_broken_tags_are_read_to_the_end() -> None:
    assert html("<div>" * 100_000 + "war").endswith("<mark>war</mark>")
    assert "<a" not in html('<a "' * 20_000)


def test_without_words_html_is_left_as_it_is() -> None:
    assert marks("tag:war").html("<p>war</p>", "en") == "<p>war</p>"


@pytest.mark.parametrize("query", ["war", '"cold war"', "w*", "war OR cold"])
@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["war ", "cold ", "<b>", "</b>", "w", "ar", "&amp;", "&lt;b&gt;", "<br>", "\n", "é"]),
        max_size=12,
    )
)
def test_marks_change_neither_the_text_nor_the_elements(query: str, pieces: list[str]) -> None:
    sanitised = outer(f"<div>{''.join(pieces)}</div>")
    marked = marks(query).html(sanitised, "en")
    assert re.sub("</?mark[^>]*>", "", marked) == sanitised
    assert outer(marked) == marked
    parsed = LexborHTMLParser(marked)
    assert [mark.attributes.get("id") for mark in parsed.css("mark[id]")] == [
        f"match-{n}" for n in range(1, len(parsed.css("mark[id]")) + 1)
    ]
