"""Blocks become HTML that says what a reader saw, whatever stands in them."""

from __future__ import annotations

import pytest

from indexer.formats.bodies.npf import to_html
from indexer.formats.reading.json_list import Json, load
from indexer.formats.tumblr import FORMAT
from tests.indexer.formats.sources import source_of


def blocks(text: str) -> Json:
    return load(text)


@pytest.mark.parametrize(
    ("formatting", "html"),
    [
        ('{"start": 0, "end": 3, "type": "bold"}', "<p><b>one</b> &amp; two</p>"),
        ('{"start": 4, "end": 99, "type": "italic"}', "<p>one <i>&amp; two</i></p>"),
        ('{"start": 3, "end": 3, "type": "bold"}', "<p>one &amp; two</p>"),
        ('{"start": -1, "end": 3, "type": "bold"}', "<p>one &amp; two</p>"),
        ('{"start": 0, "end": 3, "type": "color", "hex": "#f00"}', "<p>one &amp; two</p>"),
        ('{"start": "x", "type": "bold"}, 7, null', "<p>one &amp; two</p>"),
        (
            '{"start": 0, "end": 3, "type": "mention", "blog": {"url": "https://a.example/?\\"><b>"}}',
            '<p><a href="https://a.example/?&quot;&gt;&lt;b&gt;">one</a> &amp; two</p>',
        ),
    ],
)
def test_formats_apply_to_the_characters_they_name(formatting: str, html: str) -> None:
    text = '[{"type": "text", "text": "one & two", "formatting": [' + formatting + "]}]"
    assert to_html(blocks(text)) == html


def test_formats_that_overlap_make_elements_that_do_not() -> None:
    text = (
        '[{"type": "text", "text": "abcdef", "formatting": ['
        '{"start": 0, "end": 4, "type": "bold"}, {"start": 2, "end": 6, "type": "italic"}]}]'
    )
    assert to_html(blocks(text)) == "<p><b>ab</b><b><i>cd</i></b><i>ef</i></p>"


@pytest.mark.parametrize(
    "content",
    ['"text"', "{}", "[]", "[1, null, []]", '[{"type": "image"}]', '[{"type": "image", "media": [1]}]'],
)
def test_what_are_no_blocks_gives_nothing(content: str) -> None:
    assert to_html(blocks(content)) == ""


def test_countless_formats_of_one_block_are_not_all_applied() -> None:
    spans = ",".join(f'{{"start": {at}, "end": 9000, "type": "bold"}}' for at in range(5_000))
    html = to_html(blocks('[{"type": "text", "text": "' + "x" * 9_000 + '", "formatting": [' + spans + "]}]"))
    assert len(html) < 100_000


@pytest.mark.parametrize(
    "name", ["posts/html/about.html", "posts/54759400073.html", "html/1.html", "html/54759400073.htm"]
)
def test_other_pages_are_not_taken_for_those_of_the_export(name: str) -> None:
    assert not FORMAT.sniff(source_of(b"<!DOCTYPE html><html><body><p>x</p></body></html>", name))
