"""HTML that is read without a parser is read as a parser reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.normalise.bodies.html import cut_parsed
from indexer.normalise.bodies.regular import cut_regular
from tests.indexer.normalise.bodies.test_tags import MARKUP, TEXT

BASE = "https://blog.example/2012/post/"
INLINE = ["a", "b", "i", "em", "span", "code", "font", "o:p", "sub", "label"]
BLOCKS = [
    "div",
    "p",
    "h2",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "table",
    "tbody",
    "tr",
    "td",
    "th",
]
STARTS = [
    *(f"<{name}>" for name in [*INLINE, *BLOCKS, "br", "hr", "img", "wbr"]),
    *(
        "<BR />",
        "<P CLASS=x>",
        '<a href="/b">',
        "<a href='https://a.example/?b&amp;c&d' >",
        "<b/>",
        "<a b=1 b=2>",
    ),
    *('<img src="b.png" alt="&quot;\xa0&#39;"/>', "<td ALIGN = left>", '<p title="a > b">', "<tr id=1>"),
]
ENDS = [f"</{name}>" for name in [*INLINE, *BLOCKS]] + ["</P>", "</br>", "</b >", "</b c>"]
TEXTS = [
    "&copy;",
    "&copy",
    "&notit;",
    "&#8217;",
    "&#x41;",
    "&#0;",
    "&#128;",
    "&T",
    "&",
    "\xa0",
    "&NewLine;",
    "&#",
    ">",
]
OTHER = ["<!---->", "<!-- wp:x -->", "<!--a--b-->", "<!--->", "<!-- a --!>", "<!-- > -->", "<!doctype html>"]


def _elements(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Elements that are closed, more or less where they may be."""
    named = st.builds(lambda name, html: f"<{name}>{html}</{name}>", st.sampled_from(INLINE + BLOCKS), inside)
    rows = st.builds("<table><tbody><tr><td>{}</td>{}</tr></tbody></table>".format, inside, TEXT)
    lists = st.builds("<ul><li>{}</li>\n<li>{}</li></ul>".format, inside, inside)
    return st.lists(named | rows | lists | st.sampled_from(STARTS), max_size=3).map("".join)


PIECES = TEXT | st.sampled_from([*STARTS, *ENDS, *TEXTS, *OTHER])
NESTED = st.recursive(PIECES, _elements, max_leaves=8)
ANY = st.one_of(MARKUP, NESTED, st.lists(PIECES, max_size=8).map("".join))


@given(ANY)
def test_what_is_read_without_a_parser_is_read_as_by_one(html: str) -> None:
    if regular := cut_regular(html):
        parsed = cut_parsed(html)
        assert (regular.safe(BASE), regular.text) == (parsed.safe(BASE), parsed.text)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "plain &amp; simple",
        "<p>one<br>two<br/>three</p>\n<p>AT&T &ndash; R&D &amp; &#8217;</p>",
        '<div class="x"><a href="https://a.example/?b=c&amp;d=e"><img src="b.png" alt="c" /></a></div>',
        "<!-- wp:paragraph -->\n<P>one</P>\n<!-- /wp:paragraph -->",
        "<ul>\n<li>one <b>two</b></li>\n</ul><table>\n<tbody><tr>\n<td>1</td></tr></tbody></table>",
        "<pre><code>a &lt; b\n</code></pre> 3 > 2",
        "<div><p>left open",
    ],
)
def test_most_bodies_need_no_parser(html: str) -> None:
    assert cut_regular(html) is not None


@pytest.mark.parametrize(
    "html",
    [
        "1 < 2",
        "<p>one<p>two",
        "<b><i>one</b></i>",
        "<p>one<ul><li>two</li></ul></p>",
        "<a href=b>one<a href=c>two</a></a>",
        "<table><tr><td>no body</td></tr></table>",
        "<table>text<tbody></tbody></table>",
        "<li>without a list</li>",
        "<h2><h3>one</h3></h2>",
        "</p>",
        "<pre>\nline</pre>",
        "<PRE\tid=a>\nline</PRE>",
        "<svg><p>one</p></svg>",
        "<p title='>'>one</p>",
        "&#0;&#128;&#13;",
        "<!-- <b> --></b>",
    ],
)
def test_what_a_parser_would_change_is_left_to_it(html: str) -> None:
    assert cut_regular(html) is None


@pytest.mark.parametrize("deep", [30, 31, 10_000])
def test_no_map_is_drawn_beyond_thirty_elements_in_each_other(deep: int) -> None:
    assert (cut_regular("<div>" * deep + "</div>" * deep) is not None) == (deep <= 30)


def test_a_tag_with_many_attributes_is_left_to_what_drops_them() -> None:
    """A parser compares each with all others."""
    many = " ".join(f"a{number}=1" for number in range(2_000))
    assert cut_regular(f"<p {many}>Low water.</p>") is None
    assert cut_regular(f'<img alt="{"x" * 10_000}">') is not None
