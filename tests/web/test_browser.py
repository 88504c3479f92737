"""The journey of a reader in a real browser: search, filter, open a post, see the marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.serving import serving

PATIENCE = 15_000
"""Milliseconds until something that should be on the page is missed."""

DESKTOP, PHONE = (1280, 900), (360, 740)


@pytest.fixture(scope="module")
def site(data: Path) -> Iterator[str]:
    with serving(data) as address:
        yield address


@pytest.fixture(params=[(DESKTOP, True), (DESKTOP, False), (PHONE, True), (PHONE, False)], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A page at the site, on a desktop and on a phone, with and without JavaScript."""
    (width, height), scripts = request.param
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": height}, java_script_enabled=scripts
    )
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto("/")
    yield opened
    context.close()
    assert complaints == []


def open_filters(page: Page) -> None:
    """On a phone the filters are behind one button."""
    button = page.locator("summary", has_text="Filters")
    if button.is_visible():
        expect(page.get_by_role("group", name="Tag")).to_be_hidden()
        button.click()


def test_a_reader_searches_filters_opens_a_post_and_sees_the_marks(page: Page) -> None:
    page.get_by_label("Search the archive").fill("pruning roses")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("25 posts")

    open_filters(page)
    page.get_by_role("group", name="Author").get_by_role("link", name="Ann Ames, 13 posts").click()
    expect(page.get_by_role("status")).to_have_text("13 posts")
    expect(page.get_by_role("link", name="Remove Author: Ann Ames")).to_be_visible()
    expect(page).to_have_title("pruning roses by Ann Ames — 13 posts — Blog archive")

    page.get_by_role("link", name="Page 2").click()
    expect(page.locator("nav.pager [aria-current=page]")).to_have_text("2")

    page.locator(".result h2 a").first.click()
    expect(page.locator(".post .prose mark")).to_have_text(["pruning", "roses"])

    page.get_by_role("link", name="Back to the results").click()
    expect(page.get_by_role("status")).to_have_text("13 posts")
    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_role("status")).to_have_text("25 posts")


def test_a_comment_that_matched_is_one_click_away(page: Page) -> None:
    page.locator("#q").fill("lighthouse")
    page.keyboard.press("Enter")
    page.get_by_role("list", name="Matching comments").get_by_role("link").click()
    comment = page.locator("#comment-ddddddddddd2")
    expect(comment).to_be_in_viewport()
    expect(comment.locator("mark")).to_have_text("lighthouse")


def test_nothing_is_wider_than_the_window(page: Page) -> None:
    for path in ("/", "/search?q=evil", "/posts/eeeeeeeeeee2?q=evil", "/facets/tag", "/search?q=zeppelin"):
        page.goto(path)
        width = page.viewport_size["width"] if page.viewport_size else 0
        for selector in ("header.top", "main", "form.box"):
            box = page.locator(selector).bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= width, (path, selector)
