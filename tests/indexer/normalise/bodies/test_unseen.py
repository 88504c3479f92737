"""What a reader sees of a post, and what is only there for programs, or stands in every post."""

from __future__ import annotations

import pytest

from indexer.normalise.bodies.embeds import embed
from indexer.normalise.bodies.html import read_html, sanitise, text_of

CODE = "<pre>one\n  two</pre>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('a <img class="wp-smiley" src="x" alt=":)"> b', "a :) b"),
        ('a<img src="https://s.w.org/e.png" alt="\U0001f600" class="emoji">', "a \U0001f600"),
        ('<table><tr><td><img src="x"></td></tr><tr><td class="tr-caption">Boats</td></tr></table>', "Boats"),
        ('<figure><img src="x"><figcaption class="imageCaption">Boats</figcaption></figure>', "Boats"),
        ("zero\u200bwidth so\u00adft jo\u2060in \ufeffx&nbsp;y", "zerowidth soft join x y"),
        ("\u0e01\u200b\u0e02", "\u0e01\u200b\u0e02"),
        ("line<wbr>break H<sub>2</sub>O", "linebreak H2O"),
        ("<ruby>\u6f22<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "\u6f22(kan)"),
        ('<abbr title="World Wide Web">WWW</abbr>', "WWW"),
        ("<details><summary>More</summary>inside</details>", "More\ninside"),
        ('<p>x<sup><a href="#n1">1</a></sup></p><ol><li id="n1">The note.</ol>', "x 1\nThe note."),
        ('<label>not <input type="checkbox"> done</label>', "not done"),
        ('<form action="/"><p>' + "A page. " * 50 + "</p><input></form>", ("A page. " * 50).strip()),
        ('<span aria-hidden="true">words for eyes only</span>', "words for eyes only"),
    ],
)
def test_what_a_reader_sees_is_kept(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    "html",
    [
        *("<p hidden>x</p>", '<p style="color: red; display: none">x</p>', '<p style="DISPLAY:NONE">x</p>'),
        *('<i aria-hidden="true">\u2605</i>', '<span class="screen-reader-text">Share</span>'),
        *('<div class="sharedaddy sd-sharing">x</div>', '<div class="a2a_kit a2a_kit_size_32">x</div>'),
        *('<div class="addthis_toolbox">x</div>', '<div class="yarpp-related">x</div>', "<nav>x</nav>"),
        *('<div class="author-box">x</div>', '<a class="more-link" href="/">Read more</a>'),
        *('<ins class="adsbygoogle">x</ins>', '<div class="wp-block-jetpack-subscriptions">x</div>'),
        *(
            '<form><label>E-mail</label><input type="email"><button>Go</button></form>',
            "<button>Copy</button>",
        ),
        *(
            '<div id="respond" class="comment-respond">x</div>',
            '<h2><a class="headerlink" href="#a">#</a></h2>',
        ),
        *('<img src="https://pixel.example/" width="1" height="1" alt="x">', "<svg><title>x</title></svg>"),
        *('<img src="https://feeds.feedburner.com/~r/a/~4/b" alt="x">', "<noscript>x</noscript>"),
    ],
)
def test_furniture_and_what_is_hidden_goes(html: str) -> None:
    safe, text = read_html(f"<p>before</p>{html}<p>after</p>")
    assert text == "before\nafter"
    assert "x" not in safe
    assert "img" not in safe


@pytest.mark.parametrize(
    "html",
    [
        f'<table><tr><td class="gutter"><pre>1\n2</pre><td class="code">{CODE}</table>',
        f'<table><tr><td class="rouge-gutter gl"><pre>1\n2</pre><td class="rouge-code">{CODE}</table>',
        '<pre><span class="ln">1</span>one\n<span class="ln">2</span>  two</pre>',
        '<pre>one\n  two<span class="line-numbers-rows"><span>1</span></span></pre>',
    ],
)
def test_code_keeps_its_lines_and_loses_their_numbers(html: str) -> None:
    safe, text = read_html(html)
    assert text == "one\ntwo"
    assert "one\n  two" in safe


def test_a_division_called_gutter_is_not_the_numbers_of_lines() -> None:
    assert text_of('<div class="gutter">text</div>') == "text"


@pytest.mark.parametrize(
    "html",
    [
        '<span class="katex"><span class="katex-mathml"><math><mi>E</mi>'
        '<annotation encoding="application/x-tex">E=m</annotation></math></span>'
        '<span class="katex-html" aria-hidden="true">E=m</span></span>',
        '<span class="MathJax_Preview">E=m</span><span class="MathJax">E = m</span>'
        '<script type="math/tex">E=m</script>',
        '<script type="math/tex; mode=display">E=m</script>',
        "<math><mi>E</mi><mo>=</mo><mi>m</mi></math>",
        '<math alttext="E=m"><mi>E</mi></math>',
        '<span class="MathJax">E=m<span class="MJX_Assistive_MathML"><math><mi>E</mi></math></span></span>',
    ],
)
def test_a_formula_is_there_once(html: str) -> None:
    assert text_of(f"<p>So {html} holds.</p>") == "So E=m holds."


def test_pictures_that_a_script_would_load_are_shown() -> None:
    real = "https://blog.example/boat.jpg"
    assert f'src="{real}"' in sanitise(f'<img src="data:image/gif;base64,R0" data-src="{real}" alt="b">')
    assert f'src="{real}"' in sanitise(f'<img data-lazy-src="{real}"><noscript><img src="{real}"></noscript>')
    assert f'src="{real}"' in sanitise(f'<img src="{real}" data-src="https://blog.example/small.jpg">')


@pytest.mark.parametrize(
    ("html", "address", "text"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/a-b?rel=0"></iframe>',
            "https://www.youtube.com/watch?v=a-b",
            "Video: youtube.com/watch?v=a-b",
        ),
        (
            '<iframe src="//player.vimeo.com/video/12" title="Low tide"></iframe>',
            "https://vimeo.com/12",
            "Video: Low tide (vimeo.com)",
        ),
        (
            '<object data="https://a.example/player.swf"><param name="movie" value="http://www.youtube.com/v/ab&amp;hl=en">'
            '<embed src="http://www.youtube.com/v/ab&amp;hl=en"></object>',
            "https://www.youtube.com/watch?v=ab",
            "Video: youtube.com/watch?v=ab",
        ),
        (
            '<video controls><source src="/tide.mp4">Too old.</video>',
            "https://blog.example/tide.mp4",
            "Video: /tide.mp4",
        ),
        (
            '<audio src="https://a.example/gulls.mp3"></audio>',
            "https://a.example/gulls.mp3",
            "Audio: a.example/gulls.mp3",
        ),
        (
            '<iframe src="https://unlimited.example/thing"></iframe>',
            "https://unlimited.example/thing",
            "Embedded: unlimited.example/thing",
        ),
    ],
)
def test_what_was_embedded_becomes_a_link_to_it(html: str, address: str, text: str) -> None:
    safe, read = read_html(f"<p>See{html}there</p>", "https://blog.example/post")
    assert f'<a href="{address}" rel="nofollow noopener ugc">{text}</a>' in safe
    assert read == f"See {text} there"


@pytest.mark.parametrize(
    "address",
    [
        *("https://ad.doubleclick.net/x", "https://www.facebook.com/plugins/like.php?x", "about:blank"),
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "",
            "http://[bad",
            "//[bad",
            "https://a.example/" * 1_000,
        ),
    ],
)
def test_advertisements_buttons_and_what_leads_nowhere_are_not_linked(address: str) -> None:
    assert embed([address], "", "iframe") is None
    assert read_html(f'a<iframe src="{address}"></iframe>b') == ("ab", "ab")


def test_embeds_in_each_other_give_one_link() -> None:
    html = '<object data="https://a.example/a">' * 50 + '<embed src="https://a.example/b">' + "</object>" * 50
    assert text_of(html) == "Embedded: a.example/a"
