"""Text becomes markup in one place, escaped."""

from __future__ import annotations

from search.results import Snippet
from tests.web.made import fragments
from web.presenters import markup


def test_matches_are_marked_and_everything_is_escaped() -> None:
    assert markup.marked(fragments("<b> & [<i>b</i>]")) == "&lt;b&gt; &amp; <mark>&lt;i&gt;b&lt;/i&gt;</mark>"


def test_a_passage_shows_where_it_was_cut() -> None:
    assert markup.snippet(Snippet("body", fragments("a [b]"), before=True)) == "… a <mark>b</mark>"
    assert markup.snippet(Snippet("body", fragments("a [b]"), after=True)) == "a <mark>b</mark> …"


def test_a_numbered_match_can_be_linked_to() -> None:
    assert markup.mark("<b>", 7) == '<mark id="match-7">&lt;b&gt;</mark>'


def test_html_is_told_apart_into_texts_and_tags_and_joined_again() -> None:
    pieces = markup.split_html('a<b title=">">c')
    assert pieces == ["a", '<b title=">">', "c"]
    assert markup.joined(pieces) == 'a<b title=">">c'
    assert markup.joined(markup.split_html("a <b")) == "a &lt;b"
