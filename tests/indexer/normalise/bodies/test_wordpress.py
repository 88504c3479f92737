from __future__ import annotations

import pytest

from indexer.normalise.bodies.html import text_of
from indexer.normalise.bodies.wordpress import as_seen


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("One\ntwo\n\nthree", "<p>One<br>two</p>\n<p>three</p>"),
        ("One\n \n\nthree", "<p>One</p>\n<p>three</p>"),
        (
            "<h2>Head</h2>\n\nOne\n\n<ul>\n<li>x</li>\n</ul>",
            "<h2>Head</h2>\n<p>One</p>\n<ul>\n<li>x</li>\n</ul>",
        ),
        ("<p>One\ntwo</p>\n\n<p>three</p>", "<p>One\ntwo</p>\n<p>three</p>"),
        ("One\n\n<div>\n\ntwo\n\n</div>", "<p>One</p>\n<div>\n<p>two</p>\n</div>"),
        ("To buy:\n<ul><li>x</li></ul>\nand y", "<p>To buy:</p>\n<ul><li>x</li></ul>\nand y"),
        ("One<br />\ntwo\n\nthree", "<p>One<br>two</p>\n<p>three</p>"),
        ("One \t\ntwo  <br> \nthree\n\nfour", "<p>One<br>two  <br>three</p>\n<p>four</p>"),
        ("One\n\n<pre>a\n\nb</pre>\n\ntwo", "<p>One</p>\n<pre>a\n\nb</pre>\n<p>two</p>"),
        ("One\n\n<pre>a\n\nb", "<p>One</p>\n<pre>a\n\nb"),
        ("<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->",) * 2,
        ("one line", "one line"),
        ("<ul>\n<li>x</li>\n</ul>",) * 2,
    ],
)
def test_line_breaks_are_paragraphs_where_the_editor_left_them_to_be(body: str, html: str) -> None:
    assert as_seen(body) == html


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            '[caption id="a" width="3"]<img src="x" alt="Pic"> The caption[/caption] after',
            "Pic The caption\nafter",
        ),
        ('[caption caption="Words"]<img src="x">[/caption]', "Words"),
        ('before [gallery ids="1,2"] after', "before after"),
        ("[embed]https://a.example/v?b=1[/embed]", "https://a.example/v?b=1"),
        ('[sourcecode language="python"]a = b[0]\nc[/sourcecode]', "a = b[0]\nc"),
        ('[video src="x.mp4"][/video]see', "see"),
        ('[video mp4="https://a.example/x.mp4"][/video]see', "Video: a.example/x.mp4\nsee"),
        ("[youtube=http://www.youtube.com/watch?v=abc-def&amp;w=640]", "Video: youtube.com/watch?v=abc-def"),
        (
            "[youtube]abc-def[/youtube] [vimeo 1234567]",
            "Video: youtube.com/watch?v=abc-def\nVideo: vimeo.com/1234567",
        ),
        ('[audio mp3="https://a.example/x.mp3"][/audio]', "Audio: a.example/x.mp3"),
        ("https://youtu.be/abc\n\nsee", "https://youtu.be/abc\nsee"),
        ("[vc_row][vc_column width='1/2']a[/vc_column][/vc_row] [su_quote]b[/su_quote]", "a b"),
        ("[one_half]a[/one_half] [two_third_last]b[/two_third_last]", "a b"),
        ('[button link="https://a.example/"]Buy[/button] [soliloquy id="3"]', "Buy"),
        ("[x_1] and [/rant] [sic] [a=b]", "[x_1] and [/rant] [sic] [a=b]"),
        ("So $latex E=m$ and [latex]m=E[/latex] hold", "So E=m and m=E hold"),
        ("[1] is a note, [video] and [Gallery] are words", "[1] is a note, [video] and [Gallery] are words"),
        ("<!-- wp:heading --><h2>H</h2><!-- /wp:heading --><!--more-->b", "H\nb"),
    ],
)
def test_shortcodes_are_read_as_a_reader_sees_them(body: str, text: str) -> None:
    assert text_of(as_seen(body)) == text


@pytest.mark.parametrize(
    "piece",
    [
        "[caption ",
        "[gallery ",
        "[embed]",
        "[code",
        "[/caption]",
        "[embed]http://a ",
        "[video ",
        "[youtube]a",
        "[a b=",
        '[abc d="e"',
        "$latex ",
        "[latex]",
        "https://a",
        "\n \n",
        "<pre\n",
        "<pre>x</pre>\n\n",
    ],
)
def test_many_open_brackets_are_read_in_linear_time(piece: str) -> None:
    assert text_of(as_seen(piece * 20_000 + "kept")).endswith("kept")


def test_many_spaces_between_two_words_are_read_in_linear_time() -> None:
    assert as_seen("One" + " " * 500_000 + "two\nthree").endswith("two<br>three</p>")
