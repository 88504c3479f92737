from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from indexer.formats import page
from indexer.record import RawComment, RawPost, Skipped
from indexer.source import Source
from search.errors import SourceRefused

HEAD = '<!DOCTYPE html><html><head><title>A title</title><meta property="og:type" content="article"><body>'


def source(text: str | bytes, name: str = "page.html") -> Source:
    data = text.encode() if isinstance(text, str) else text
    return Source(name, lambda: BytesIO(data), len(data))


def read(text: str | bytes) -> list[RawPost | RawComment | Skipped]:
    return list(page.read(source(text)))


def read_post(text: str | bytes) -> RawPost:
    post = read(text)[0]
    assert isinstance(post, RawPost)
    return post


def test_100_000_nested_elements_keep_their_text() -> None:
    post = read_post(HEAD + "<div class='post-body'>" * 100_000 + "at the bottom" + "</div>" * 100_000)
    assert "at the bottom" in post.body


@pytest.mark.parametrize(
    "text",
    [
        '"<a ' * 8_000,
        "<a " * 100_000,
        "<title>" * 100_000,
        "<!-- " * 100_000,
        '<script type="application/ld+json">' * 50_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">{"@type": "Article", "n": ' + "9" * 100_000 + "}</script>",
        "<div class='post-body'>" * 200 + "<div class='post-body'>x</div>" * 20_000,
        "<meta " + "charset " * 10_000,
    ],
    ids=["quotes", "anchors", "titles", "comments", "scripts", "deep", "number", "bodies", "meta"],
)
def test_hostile_pages_are_read_to_their_end(text: str) -> None:
    assert len(read(HEAD + text)) == 1


def test_comments_nested_in_comments_are_all_read() -> None:
    reply = (
        '<li class="comment" id="comment-{0}"><cite class="fn">N{0}</cite><p class="e-content">T{0}</p><ol>'
    )
    text = "".join(reply.format(number) for number in range(50))
    _, *comments = read(f'{HEAD}<div class="post-body">Text</div><ol class="comment-list">{text}')
    assert [(c.author, c.parent_own_id) for c in comments if isinstance(c, RawComment)] == [
        ("N0", ""),
        *((f"N{number}", f"comment-{number - 1}") for number in range(1, 50)),
    ]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Jo said...", "Jo"),
        ("Jo says:", "Jo"),
        ("By Jo", "Jo"),
        ("Jo hat gesagt…", "Jo"),
        ("Martin King Jr.", "Martin King Jr."),
        ("Simon Says", "Simon"),
    ],
)
def test_a_commenters_name_is_without_the_words_around_it(said: str, name: str) -> None:
    comment_on_page = f'<div class="comment"><p class="comment-author">{said}</p>y</div>'
    _, comment = read(f'{HEAD}<div class="post-body">x</div>{comment_on_page}')
    assert isinstance(comment, RawComment)
    assert comment.author == name


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<p>nothing but a line", "nothing on it says that it is a post"),
        ('<body class="archive category"><div class="post-body">x</div>', "an index page"),
        ('<div class="post-body">x</div><div class="post-body">y</div>', "an index page"),
        ('<meta name="date" content="2001-01-01">', "no text of a post was found"),
        ("<b:skin></b:skin>", "it is a theme"),
    ],
)
def test_a_page_that_is_no_post_is_left_out_and_says_why(text: str, why: str) -> None:
    from_page = source(f"<html><title>T</title>{text}")
    (post,) = page.read(from_page)
    assert isinstance(post, RawPost)
    assert post.left_out == "not a post"
    assert why in from_page.warnings[0]


def test_an_articles_related_posts_do_not_make_it_an_index() -> None:
    assert read_post(f'{HEAD}<div class="post-body">x</div><div class="post-body">y</div>').body == "x"


@pytest.mark.parametrize(
    ("declared", "data"),
    [
        ("iso-8859-1", "“Café” –".encode("cp1252")),
        ("windows-1252", "“Café” –".encode("cp1252")),
        ("iso-8859-1", "“Café” –".encode()),
        ("utf-8", "“Café” –".encode("cp1252")),
        ("no-such-charset", "“Café” –".encode()),
        ("utf-16", "“Café” –".encode()),
        ("windows-1251", "“Café” –".encode("cp1251", "xmlcharrefreplace")),
    ],
)
def test_the_encoding_is_what_it_is_whatever_is_declared(declared: str, data: bytes) -> None:
    head = f'<html><meta charset="{declared}"><meta name="date" content="2001-01-01">'.encode()
    assert read_post(head + b"<div class=post-body>" + data + b"</div>").body == "“Café” –"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides_the_encoding(encoding: str) -> None:
    text = '<html><meta charset="koi8-r"><h1>Ж</h1><time>2001-01-01</time><div class="post-body">Ж</div>'
    assert read_post(text.encode(encoding)).body == "Ж"


@pytest.mark.parametrize(
    ("name", "data", "recognised"),
    [
        ("page.html", b"<!DOCTYPE HTML><html>", True),
        ("export.xml", b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', True),
        ("no-name", b"  <HTML>", True),
        ("feed.xml", b'<?xml version="1.0"?><rss><channel><description>&lt;html><html>', False),
        ("pages.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n<!doctype html><html>", False),
        ("notes.txt", b"no markup", False),
    ],
)
def test_html_is_recognised_by_its_tags(name: str, data: bytes, recognised: bool) -> None:
    assert page.sniff(source(data, name)) is recognised


def test_a_page_too_large_to_hold_is_refused() -> None:
    with pytest.raises(SourceRefused, match="larger than 10 MB"):
        read(b"x" * 10_000_001)


def test_real_pages_give_their_posts(samples: Path) -> None:
    found = [
        record
        for path in sorted((samples / "substack").glob("*.html"))
        for record in page.read(source(path.read_bytes(), path.name))
        if isinstance(record, RawPost) and not record.left_out
    ]
    assert len(found) == 4
    assert all(post.title and post.body and post.authors and post.link for post in found)
