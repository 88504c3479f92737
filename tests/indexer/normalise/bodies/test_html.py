from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.normalise.bodies.html import sanitise, text_of
from indexer.normalise.bodies.safety import absolute_link

BASE = "https://blog.example/2012/post/"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ("two\nlines", "two lines"),
        ("<p>un<b>bold</b>ed</p>", "unbolded"),
        ("<p>one<p>two", "one\ntwo"),
        ("<div>a<p>b</p>c</div>d", "a\nb\nc\nd"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<ul><li>x<li>y</ul>", "x\ny"),
        ("<table><tr><td>a<td>b<tr><th>c</th><th>d</th></table>", "a b\nc d"),
        ("<pre><code>one\n  two</code></pre> and\nmore", "one\ntwo\nand more"),
        ("<figure><img src=x alt='A &amp; B'><figcaption>caption</figcaption></figure>", "A & B\ncaption"),
        ("a<script>b</script><style>c</style><nav>d</nav><noscript>e</noscript><!-- <p>f -->g", "ag"),
        ('text<div class="sharedaddy">Share this</div>', "text"),
        ("caf&eacute; &lt;b&gt; &amp;amp; so&shy;ft&nbsp;x", "caf\u00e9 <b> &amp; soft x"),
        ("a &lt; b", "a < b"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<html><head><title>t</title></head><body>b</body></html>", "b"),
        ("<details><summary>s</summary>inside</details>", "s\ninside"),
        ('<img alt="<p>not a tag">x', "<p>not a tag x"),
    ],
)
def test_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ("<p onclick=x()>a<script>b</script></p>", "<p>a</p>"),
        ('<a href="javascript:x">a</a>', '<a rel="nofollow noopener ugc">a</a>'),
        ('<a href="data:text/html,x">a</a>', '<a rel="nofollow noopener ugc">a</a>'),
        ('<img src="data:image/svg+xml,x" alt="b">', '<img alt="b" loading="lazy">'),
        ("<svg><script>x</script></svg><math></math>a", "a"),
        ("<iframe></iframe><form><input type=hidden>a</form><embed src=data:x>", "a"),
        ('<p style="position:fixed" class="c">a</p>', "<p>a</p>"),
        ('<a href="mailto:a@b.c">a</a>', '<a href="mailto:a@b.c" rel="nofollow noopener ugc">a</a>'),
        (
            "<table><tbody><tr><td>x</td></tr></tbody></table>",
            "<table><tbody><tr><td>x</td></tr></tbody></table>",
        ),
        (
            "<nav>menu</nav><details><summary>s</summary>t</details>",
            "<details><summary>s</summary>t</details>",
        ),
    ],
)
def test_only_harmless_html_remains(html: str, safe: str) -> None:
    assert sanitise(html) == safe


def test_relative_links_are_resolved_and_those_that_cannot_be_are_dropped() -> None:
    html = '<a href="../other/">a</a><img src="/b.png" alt="b">'
    assert 'href="https://blog.example/2012/other/"' in sanitise(html, BASE)
    assert 'src="https://blog.example/b.png"' in sanitise(html, BASE)
    assert "href" not in sanitise(html)
    assert "src" not in sanitise(html)


def test_anchors_work_within_a_post_and_clash_with_nothing_outside() -> None:
    html = sanitise('<a href="#note">1</a><p id="note">n</p>', BASE)
    assert 'href="#in-post-note"' in html
    assert 'id="in-post-note"' in html


@pytest.mark.parametrize(
    "link", ["javascript:x", "data:x", "ftp://a/b", "http://[bad", "mailto:a@b.c", "", "//"]
)
def test_links_that_lead_nowhere_on_the_web_are_dropped(link: str) -> None:
    assert absolute_link(link, "") == ""


TAGS = "<p> <b> </b> <table> <td> <svg> <math> <style> <script> </script> <title> <noscript>"
PIECES = (
    '< > " \' = / & <img <a <!-- --> <![CDATA[ ]]> word src=x onerror=alert(1) href="javascript:alert(1)"'
)
MARKUP = st.lists(
    st.sampled_from([*TAGS.split(), "<template>", "<plaintext>", *PIECES.split(), " ", "\0", "\f", "\n"])
    | st.text(max_size=5)
).map("".join)


@given(MARKUP)
def test_nothing_that_runs_survives(html: str) -> None:
    safe = sanitise(html, BASE)
    for tag in re.findall(r"<[^>]*>", safe):
        assert not re.search(
            r"<\s*/?\s*(?:script|style|svg|iframe|object|embed|form|template)\b", tag, re.IGNORECASE
        )
        assert not re.search(
            r"""\s(?:on\w+|style|srcdoc)\s*=""", re.sub(r'"[^"]*"', '""', tag), re.IGNORECASE
        )
        assert not re.search(r"""(?:href|src)="(?!https?:|mailto:|#)""", tag, re.IGNORECASE)


@given(MARKUP)
def test_text_has_no_empty_lines_and_no_stray_space(html: str) -> None:
    text = text_of(html)
    assert all(line == " ".join(line.split()) != "" for line in text.split("\n") if text)


@given(st.lists(st.sampled_from(["alpha", "beta", "gamma"]), min_size=1), st.data())
def test_every_word_between_tags_is_kept_in_order(words: list[str], data: st.DataObject) -> None:
    tags = st.sampled_from(
        ["<p>", "</p>", "<b>", "<div>", "</div>", "<li>", "<br>", "<td>", "<h1>", "</ul>", "<i>", " "]
    )
    html = "".join(f"{data.draw(tags)} {word} {data.draw(tags)}" for word in words)
    assert text_of(html).split() == words
