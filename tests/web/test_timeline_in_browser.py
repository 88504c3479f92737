"""A timeline of many years can be used on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from search.archive import Archive
from search.model import Blog, Period, Post
from tests.web.blog import build
from tests.web.pages import PageCase
from tests.web.visitor import Visitor
from web.app import create_app
from web.settings import Settings

LEAST = 24
"""Pixels a target is wide and high: WCAG 2.2, 2.5.8."""

YEARS = range(1996, 2027)


@pytest.fixture(scope="module")
def phone(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page of 360 pixels, without scripts, at a search that found posts of thirty years."""
    data = tmp_path_factory.mktemp("years")
    build(data, posts=[entry(year) for year in YEARS], comments=())
    with Archive.open(data) as archive:
        context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
        page = context.new_page()
        Visitor(page, {"years": create_app(Settings(data), archive)}).visit(
            PageCase("years", "/search?q=harbour", site="years")
        )
        yield page
        context.close()


def entry(year: int) -> Post:
    """A post of this year."""
    text = f"The harbour in {year}."
    period = Period.parse(f"{year}-05-01")
    return Post(f"{year}bbbbbbb2", Blog("Old"), f"Harbour {year}", f"<p>{text}</p>", text, date=period)


def test_every_bar_is_large_enough_to_hit(phone: Page) -> None:
    boxes = [bar.bounding_box() for bar in phone.locator(".timeline li a").all()]
    assert len(boxes) == len(YEARS)
    assert all(box and box["width"] >= LEAST and box["height"] >= LEAST for box in boxes)


def test_the_bars_scroll_and_the_page_does_not(phone: Page) -> None:
    bars = phone.locator(".timeline ol")
    assert bars.evaluate("e => e.scrollWidth > e.clientWidth")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


def test_a_bar_reached_by_the_keyboard_comes_into_view(phone: Page) -> None:
    for year in ("1996", "2026"):
        bar = phone.get_by_role("link", name=f"{year}, 1 post")
        bar.focus()
        box = bar.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
