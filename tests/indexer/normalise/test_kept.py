"""What an archive wrote stays as it is to the last letter; what a stranger put there does not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from indexer.normalise.bodies.html import LONGEST, sanitise
from indexer.normalise.kept import kept_comment, kept_html, kept_post
from search.model import Blog, Comment, Origin, Post

POST = Post(
    "aaaaaaaaaaaa",
    Blog("Rain Gauge", "https://rain.example"),
    title="First  rain",
    html='<p id="in-post-n1">It <a href="#in-post-n1" rel="nofollow noopener ugc">poured</a>.</p>',
    text="It poured.",
    summary="Two\nlines.",
    authors=("Mara Stone",),
    tags=("weather",),
    link="https://rain.example/1",
    language="en",
    reporters=("David Axe",),
    publication="Forbes",
    kind="page",
    origins=(Origin("title", "rain.xml", "item 1", 0.5),),
)


def kept(**changed: object) -> Post:
    return kept_post(replace(POST, **changed), Counter())  # type: ignore[arg-type] # fields of Post, by name


def test_what_an_archive_had_is_not_changed() -> None:
    assert kept() == POST


@pytest.mark.parametrize(
    "html",
    [
        '<p id="n1">A <a href="#n2">note</a>, <a href="https://e.example/?a=1&b=2">a link</a> &amp; "so"</p>',
        "<pre><code>a &lt; b\n  c</code></pre><blockquote cite='https://e.example'>so</blockquote>",
        '<table><tbody><tr><td colspan="2">1</td></tr></tbody></table><hr><br>',
        '<img loading="lazy" alt="a gauge" src="https://e.example/g.png" width="3">',
        '<ol start="3" reversed><li value="2">x</li></ol><time datetime="2019">then</time>',
        "<p>e&#x301;tage \u202d</p>",
        "",
    ],
)
def test_what_was_safe_once_is_safe_again(html: str) -> None:
    safe = sanitise(html, "https://rain.example/")
    assert kept_html(safe) == safe


@pytest.mark.parametrize(
    "html",
    [
        "<script>x()</script>",
        "<p onclick='x()'>",
        '<a href="javascript:x()">',
        '<a href="data:text/html,x">',
        "<svg><script>x()</script></svg>",
        '<img src="x" onerror="x()">',
        '<p title="in-post-"><iframe src="https://e.example"></iframe>',
        "<style>*{}</style>",
        '<a href="https://e.example" rel="x" onclick=x()>',
        '<p id="in-post-a" onclick="x()">',
        "<math><mtext></form><form><mglyph><style></math><img src onerror=x()>",
    ],
)
def test_what_was_never_safe_is_not_believed(html: str) -> None:
    safe = kept_html(html)
    assert not any(bad in safe for bad in ("script", "x()", "<svg", "<iframe", "<style", "data:", "onerror"))
    assert kept_html(safe) == safe


def test_an_id_of_a_stranger_is_put_out_of_the_way_of_the_page() -> None:
    assert kept_html('<p id="search">a</p>') == '<p id="in-post-search">a</p>'


def test_links_other_than_of_the_web_go() -> None:
    post = kept(link="javascript:x()", blog=Blog("x", "file:///etc"))
    assert (post.link, post.blog.link) == ("", "")
    assert kept_comment(Comment("a" * 12, "b" * 12, link="data:x")).link == ""


def test_lines_are_lines_and_nothing_is_endless() -> None:
    post = kept(title="a\nb\x00", authors=("m\n",), html="x" * 3 * LONGEST, text="y" * 2 * LONGEST, kind="x")
    assert (post.title, post.authors, post.kind) == ("a b", ("m",), "post")
    assert len(post.html) <= 2 * LONGEST
    assert len(post.text) == LONGEST


def test_too_many_tags_are_told() -> None:
    warnings = Counter[str]()
    post = kept_post(replace(POST, tags=tuple(map(str, range(2_000)))), warnings)
    assert len(post.tags) == 1_000
    assert warnings == {"a post has more than 1,000 tags: the first of them were kept": 1}


def test_a_text_that_is_missing_is_read_from_the_html() -> None:
    assert kept(text="").text == "It poured."
