"""No page breaks a rule of axe-core: WCAG 2.2 AA and good practice, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import axe_playwright_python
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.web.pages import PAGES, PageCase
from tests.web.visitor import Visitor

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Screen(NamedTuple):
    """How a page is looked at."""

    width: int
    colours: Literal["light", "dark"]


SCREENS = (Screen(1280, "light"), Screen(360, "dark"))
"""Every page is looked at on each, what is folded in it being open on the second.

What depends on both the width and the colours would be rare.
"""


@pytest.fixture(scope="module")
def visitor(browser: Browser, sites: Mapping[str, Flask]) -> Iterator[Visitor]:
    with browser.new_context(reduced_motion="reduce") as context:
        yield Visitor(context.new_page(), sites)


def violations(page: Page, screen: Screen) -> list[str]:
    """What axe has against the page that is shown: the rule, the element, and what would help."""
    page.set_viewport_size({"width": screen.width, "height": 800})
    page.emulate_media(color_scheme=screen.colours)
    found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", TAGS)
    return [
        f"{rule['id']}: {node['html'][:200]}\n{node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name)
def test_axe_finds_no_violation(visitor: Visitor, case: PageCase) -> None:
    visitor.visit(case)
    visitor.page.evaluate(AXE)  # not as a script of the page, which its policy would forbid
    for screen in SCREENS:
        found = violations(visitor.page, screen)
        assert found == [], "\n\n".join(found)
        visitor.page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
