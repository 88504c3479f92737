from __future__ import annotations

import pytest

from indexer.normalise.bodies.html import LONGEST
from indexer.normalise.bodies.markup import read_body, read_text
from indexer.record import Markup


def test_plain_text_becomes_paragraphs_with_nothing_in_them_taken_for_markup() -> None:
    html, text = read_body("One <b>\nline\n\n\nTwo & three", Markup.TEXT)
    assert html == "<p>One &lt;b&gt;<br>line</p>\n<p>Two &amp; three</p>"
    assert text == "One <b>\nline\nTwo & three"


def test_markdown_has_tables_strikethrough_and_code() -> None:
    source = (
        "# Title\n\nA *b* ~~c~~ [d](/e) `f`\n\n| g | h |\n|---|---|\n| i | j |\n\n<div onclick='x'>k</div>\n"
    )
    html, text = read_body(source, Markup.MARKDOWN, "https://blog.example/p/")
    assert text == "Title\nA b c d f\ng h\ni j\nk"
    assert "<s>c</s>" in html
    assert 'href="https://blog.example/e"' in html
    assert "onclick" not in html


@pytest.mark.parametrize("piece", ["[", "![", "*a ", "> ", "- ", "`a", "_a", "<a ", "[a](", "1. "])
def test_hostile_markdown_keeps_its_text(piece: str) -> None:
    assert read_body(piece * 2_000 + "\n\nkept", Markup.MARKDOWN).text.endswith("kept")


def test_markdown_longer_than_anyone_writes_is_taken_as_plain_text() -> None:
    assert read_body("*word*\n\n" * 100_000, Markup.MARKDOWN).text.startswith("*word*\n*word*")


def test_a_body_is_cut_at_its_limit() -> None:
    assert len(read_body("word " * 3_000_000, Markup.TEXT).text) <= LONGEST


@pytest.mark.parametrize(
    ("text", "markup", "seen"),
    [
        ("Fish &amp; chips", Markup.HTML, "Fish & chips"),
        ("Fish <i>&</i> chips", Markup.HTML, "Fish & chips"),
        ("Fish &amp; <chips>", Markup.TEXT, "Fish &amp; <chips>"),
        ("Fish *and* chips", Markup.MARKDOWN, "Fish and chips"),
    ],
)
def test_titles_and_summaries_are_read_as_they_are_written(text: str, markup: Markup, seen: str) -> None:
    assert read_text(text, markup) == seen


def test_line_ends_are_breaks_where_they_are_said_to_be_and_brackets_are_text() -> None:
    body = read_body("One,\ntwo <lj-cut>[gallery]</lj-cut>\n\nthree", Markup.LINES)
    assert body.html == "<p>One,<br>two [gallery]</p>\n<p>three</p>"


def test_footnotes_of_markdown_lead_to_their_notes_and_back() -> None:
    source = "A ferry[^1] left[^old-one].\n\n[^1]: The green one.\n[^old-one]: https://blog.example/boats\n"
    html, text = read_body(source, Markup.MARKDOWN)
    assert text == "A ferry 1 left old-one.\n1 The green one.\nold-one https://blog.example/boats"
    assert '<sup id="in-post-number-1"><a href="#in-post-note-1"' in html
    assert '<sup id="in-post-note-1"><a href="#in-post-number-1"' in html


def test_what_looks_like_a_footnote_in_code_stays() -> None:
    source = "`[^a]` and\n\n```\nx = 1\n[^a]: not a note\n```\n"
    assert read_body(source, Markup.MARKDOWN).text == "[^a] and\nx = 1\n[^a]: not a note"


@pytest.mark.parametrize("piece", ["[^", "[^a]", "[^a]: ", "\n[^a]: b", "\n[^a]:\n"])
def test_many_footnotes_are_read_in_linear_time(piece: str) -> None:
    assert read_body(piece * 5_000 + "\n\nkept", Markup.MARKDOWN).text.endswith("kept")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;p&gt;Fish &amp;amp; chips&lt;/p&gt;&lt;p&gt;Peas&lt;/p&gt;", "Fish & chips\nPeas"),
        ("<p>It&amp;#8217;s &amp;quot;late&amp;quot;&amp;nbsp;now</p>", 'It\u2019s "late" now'),
        ("<p>Write <code>&amp;nbsp;</code></p>", "Write &nbsp;"),
        ("<p>Write &amp;lt;b&amp;gt;</p>", "Write &lt;b&gt;"),
        ("a &lt; b", "a < b"),
    ],
)
def test_what_was_escaped_twice_is_read_once_more(html: str, text: str) -> None:
    assert read_body(html, Markup.HTML).text == text
