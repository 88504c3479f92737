"""A reader with a phone: 360 pixels, and fingers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import needs_chromium, visit
from tests.web.journeys.kinds import KINDS
from tests.web.journeys.landmarks import chips, count, facet, timeline, titles

pytestmark = needs_chromium

WIDTH = 360
LEAST = 24
"""Pixels a target is wide and high (WCAG 2.2, 2.5.8), if it is not in a line of text."""

TOO_SMALL = """
least => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary, textarea")]
  .filter((each) => each.checkVisibility() && !each.matches(".skip:not(:focus)"))
  .filter((each) => getComputedStyle(each).display !== "inline")
  .map((each) => [each.outerHTML.slice(0, 90), each.getBoundingClientRect()])
  .filter(([, box]) => box.width < least || box.height < least)
  .map(([html, box]) => `${html} ${box.width} x ${box.height}`)
"""


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    viewport = {"width": WIDTH, "height": 740}
    with visit(
        browser, site, viewport=viewport, has_touch=True, is_mobile=True, locale="en-GB", color_scheme="dark"
    ) as opened:
        yield opened


def test_filters_are_behind_a_button_that_counts_them(page: Page) -> None:
    page.goto("/search?q=roses")
    expect(facet(page, "Tag")).to_be_hidden()
    page.get_by_text("Filters", exact=True).tap()
    facet(page, "Author").get_by_role("link", name="Ann Ames, 13 posts").tap()
    expect(count(page)).to_have_text("13 posts")
    expect(facet(page, "Tag")).to_be_hidden()
    expect(page.get_by_text("Filters (1)")).to_be_visible()
    chips(page).get_by_role("link", name="Remove Author: Ann Ames").tap()
    expect(count(page)).to_have_text("26 posts")
    expect(page.get_by_text("Filters (1)")).to_have_count(0)


def test_an_author_is_completed_and_tapped(page: Page) -> None:
    page.get_by_label("Search the archive").tap()
    page.keyboard.type("lind")
    page.get_by_role("option", name="Rosa Lind").tap()
    expect(count(page)).to_have_text("25 posts")
    titles(page).first.tap()
    page.get_by_role("link", name="Next result").tap()
    expect(page.locator(".steps")).to_contain_text("Result 2 of 25")


def test_days_are_scrolled_sideways_and_the_last_are_in_view_first(page: Page) -> None:
    page.goto("/search?q=roses&date=2010-03")
    bars = timeline(page, "Days of March 2010").get_by_role("list")
    assert bars.evaluate("each => each.scrollWidth > each.clientWidth")
    day = timeline(page, "Days of March 2010").get_by_role("link", name="5 March 2010")
    day.tap()  # which scrolls to it
    expect(titles(page)).to_have_text(["Roses, part 2"])
    expect(timeline(page, "Days of March 2010").locator("[aria-current=true]")).to_be_in_viewport(ratio=1)


@pytest.fixture(scope="module")
def visited(browser: Browser, site: str) -> Iterator[Page]:
    """One page for all addresses."""
    with visit(
        browser, site, viewport={"width": WIDTH, "height": 740}, has_touch=True, is_mobile=True
    ) as opened:
        yield opened


@pytest.mark.parametrize("path", KINDS)
def test_no_page_is_wider_than_the_screen_and_all_is_large_enough_to_hit(visited: Page, path: str) -> None:
    visited.goto(path)
    for folded in (True, False):
        assert visited.evaluate("document.documentElement.scrollWidth") <= WIDTH
        assert visited.evaluate(TOO_SMALL, LEAST) == []
        if folded:
            visited.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")


def test_a_wide_table_and_long_lines_of_code_scroll_in_themselves(page: Page) -> None:
    page.goto("/posts/wwwwwwwwwww2")
    for wide in (page.locator(".prose table"), page.locator(".prose pre")):
        assert wide.evaluate("each => each.scrollWidth > each.clientWidth")
        wide.evaluate("each => each.scrollTo(9999, 0)")
        assert wide.evaluate("each => each.scrollLeft") > 0
        box = wide.bounding_box()
        assert box
        assert box["x"] + box["width"] <= WIDTH
