"""Documents that take a parser minutes when they are long enough: each is tried at a length that is not."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from indexer.normalise.bodies.html import sanitise, text_of
from indexer.normalise.bodies.nesting import DEEPEST, shallow

MANY = 5_000
HOSTILE = {
    "open": "<div>" * MANY + "kept",
    "closed": "<div>" * MANY + "</div>" * MANY + "kept",
    "closed that were not open": "<div></x>" * MANY + "kept",
    "closed in attributes": '<div title="</div>">' * MANY + "kept",
    "closed in open attributes": '<div a=">' * MANY + "kept",
    "closed in comments": "<div><!--</div>-->" * MANY + "kept",
    "closed in scripts": "<div><script></div></script>" * MANY + "kept",
    "paragraphs in many elements": "<span>" * MANY + "<p></p>" * MANY + "kept",
    "paragraphs in many fonts": "".join(f"<font color={n}><p>" for n in range(MANY)) + "kept",
    "text in tables": "<table>" + "x<p>" * MANY + "kept",
    "attributes": "<p " + " ".join(f"a{n}" for n in range(MANY)) + ">kept",
    "tags without an end": "<a " * MANY + "kept",
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_document_keeps_its_text(html: str) -> None:
    assert text_of(html).endswith("kept")
    assert "kept" in sanitise(html)


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_what_a_parser_is_given_is_small_and_shallow(html: str) -> None:
    root = LexborHTMLParser(shallow(html)).root
    assert root
    nodes = list(root.traverse(include_text=True))
    assert len(nodes) < 12 * MANY
    depth = 0
    node = nodes[-1].parent
    while node:
        node = node.parent
        depth += 1
    assert depth < DEEPEST + 20
    assert max(len(node.attributes) for node in nodes if node.is_element_node) <= 100


def test_comments_that_never_end_hold_no_text() -> None:
    assert text_of("seen" + "<!--" * MANY) == "seen"


def test_declarations_are_no_text() -> None:
    html = "<!DOCTYPE html><?xml version='1.0'?><![if !supportLists]>" + "<p>1 <! 2</p>" * 2_000
    assert text_of(html).startswith("1 <! 2")


def test_an_ordinary_document_is_not_touched() -> None:
    html = "<div>" * 50 + '<p class="x>y">text <a href=z>' + "</div>" * 50
    assert shallow(html) is html


def test_a_long_ordinary_document_keeps_its_tags() -> None:
    html = '<div class="a"><p>One <b>two</b><br/> <img src="x" alt="a > b"></p></div>\n' * 1_000
    assert shallow(html) == html


def test_what_remains_nests_no_deeper_than_the_limit() -> None:
    assert shallow("<div><i>" * MANY + "x").count("<div>") <= DEEPEST


def test_tags_that_are_not_well_formed_lose_their_attributes_only() -> None:
    html = shallow('<p class="a"b">text</p>' + "<br>" * 4_000)
    assert html.startswith("<p>text</p>")
