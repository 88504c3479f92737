"""Text becomes markup in one place, escaped."""

from __future__ import annotations

from search.results import Fragments, Snippet
from tests.web.made import fragments
from web.presenters import markup


def mark_war(text: str) -> Fragments:
    """Marks the letters `war`."""
    return fragments(text.replace("[", "(").replace("]", ")").replace("war", "[war]"))


def test_matches_are_marked_and_everything_is_escaped() -> None:
    assert markup.marked(fragments("<b> & [<i>b</i>]")) == "&lt;b&gt; &amp; <mark>&lt;i&gt;b&lt;/i&gt;</mark>"


def test_a_passage_shows_where_it_was_cut() -> None:
    assert markup.snippet(Snippet("body", fragments("a [b]"), before=True)) == "… a <mark>b</mark>"
    assert markup.snippet(Snippet("body", fragments("a [b]"), after=True)) == "a <mark>b</mark> …"


def test_words_of_html_are_marked_between_its_tags() -> None:
    assert markup.mark_html("<p>At <em>war</em>, war.</p>", mark_war) == (
        "<p>At <em><mark>war</mark></em>, <mark>war</mark>.</p>"
    )


def test_attributes_are_not_text() -> None:
    html = '<a href="/war?a>b" title="war &quot;x&quot; > war">peace</a>'
    assert markup.mark_html(html, mark_war) == html


def test_entities_stay_what_they_stand_for() -> None:
    assert markup.mark_html("<p>1 &lt; 2 &amp;amp; war&nbsp;</p>", mark_war) == (
        "<p>1 &lt; 2 &amp;amp; <mark>war</mark>\xa0</p>"
    )


def test_a_tag_that_is_never_closed_is_shown_as_text() -> None:
    assert markup.mark_html('war <a href="x', mark_war) == "<mark>war</mark> &lt;a href=&#34;x"


def test_deep_nesting_and_broken_tags_are_read_to_the_end() -> None:
    assert markup.mark_html("<div>" * 100_000 + "war", mark_war).endswith("<mark>war</mark>")
    assert "<a" not in markup.mark_html('<a "' * 20_000, mark_war)
