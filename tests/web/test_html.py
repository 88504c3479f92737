"""Every page is HTML as the standard has it, with structure that programs and screen readers can follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import html5lib
import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.web.pages import PAGES, PageCase

REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list", "headers")
"""Attributes whose value names other elements of the page by their ids."""

INLINE = "style, script:not([src]), [style], [href^='javascript:'], [src^='data:text']"


@pytest.fixture(params=PAGES, ids=lambda case: case.name)
def html(request: pytest.FixtureRequest, sites: Mapping[str, Flask]) -> str:
    """Every page, as it is sent."""
    case: PageCase = request.param
    response = sites[case.site].test_client().open(case.path, method=case.method)
    assert response.status_code == case.status
    assert response.mimetype == "text/html"
    return response.text


@pytest.fixture
def page(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def shown(node: LexborNode) -> str:
    return " ".join(node.text().split())


def test_it_has_no_error_of_syntax(html: str) -> None:
    html5lib.HTMLParser(strict=True).parse(html)


def test_every_id_is_there_once_and_everything_that_is_named_by_one_is_there(page: LexborHTMLParser) -> None:
    ids = Counter(node.attributes["id"] for node in page.css("[id]"))
    assert [name for name, times in ids.items() if times > 1] == []
    for attribute in REFERENCES:
        for node in page.css(f"[{attribute}]"):
            assert set((node.attributes[attribute] or "").split()) <= set(ids), node.html
    fragments = {str(node.attributes["href"])[1:] for node in page.css("a[href^='#']")}
    assert fragments <= set(ids)


def test_it_has_one_main_one_h1_a_title_and_a_language(page: LexborHTMLParser) -> None:
    assert [len(page.css(tag)) for tag in ("main", "h1", "title")] == [1, 1, 1]
    (title,), (heading,), (root,) = page.css("title"), page.css("h1"), page.css("html")
    assert shown(title)
    assert shown(heading)
    assert root.attributes["lang"]


def test_headings_skip_no_level(page: LexborHTMLParser) -> None:
    levels = [int(str(node.tag)[1]) for node in page.css("h1, h2, h3, h4, h5, h6")]
    deeper = [(one, other) for one, other in zip([0, *levels], levels, strict=False) if other > one + 1]
    assert deeper == [], levels


def test_every_link_button_and_field_has_a_name(page: LexborHTMLParser) -> None:
    labelled = {node.attributes["for"] for node in page.css("label[for]") if shown(node)}
    for node in page.css("a, button, summary, legend"):
        assert shown(node) or node.attributes.get("aria-label") or node.css("img[alt]"), node.html
    for node in page.css("input:not([type=hidden]), select, textarea"):
        assert node.attributes.get("aria-label") or node.attributes.get("id") in labelled, node.html
    assert [shown(node) for node in page.css("a:not([href])")] == []


@pytest.mark.parametrize("landmark", ["nav", "aside", "form[role=search]"])
def test_landmarks_of_a_kind_are_told_apart_by_their_names(page: LexborHTMLParser, landmark: str) -> None:
    found = page.css(landmark)
    names = {node.attributes.get("aria-label") or node.attributes.get("aria-labelledby") for node in found}
    assert len(found) < 2 or (len(names) == len(found) and None not in names)


def test_nothing_is_inline(page: LexborHTMLParser) -> None:
    assert [node.html for node in page.css(INLINE)] == []
    handlers = [name for node in page.css("*") for name in node.attributes if name.startswith("on")]
    assert handlers == []


def test_nothing_is_fetched_from_elsewhere(page: LexborHTMLParser) -> None:
    fetched = [node.attributes["src"] for node in page.css("script")]
    fetched += [n.attributes["href"] for n in page.css("link[rel=stylesheet], link[rel=icon]")]
    assert [address for address in fetched if not re.match("/[^/]", str(address))] == []
