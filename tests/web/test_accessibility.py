"""No page breaks a rule of axe-core: WCAG 2.2 AA and good practice, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.web.axe import AXE, SCREENS, violations
from tests.web.pages import PAGES, PageCase
from tests.web.visitor import Visitor


@pytest.fixture(scope="module")
def visitor(browser: Browser, sites: Mapping[str, Flask]) -> Iterator[Visitor]:
    with browser.new_context(reduced_motion="reduce") as context:
        yield Visitor(context.new_page(), sites)


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name)
def test_axe_finds_no_violation(visitor: Visitor, case: PageCase) -> None:
    visitor.visit(case)
    visitor.page.evaluate(AXE)  # not as a script of the page, which its policy would forbid
    for screen in SCREENS:
        found = violations(visitor.page, screen)
        assert found == [], "\n\n".join(found)
        visitor.page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
