"""A reader whose browser runs no scripts: links and forms do all there is to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import needs_chromium, visit
from tests.web.journeys.landmarks import chips, count, facet, steps, timeline, titles

pytestmark = needs_chromium


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with visit(browser, site, java_script_enabled=False, locale="en-GB") as opened:
        yield opened


def test_searches_filters_pages_and_keeps_the_filters(page: Page) -> None:
    page.get_by_label("Search the archive").fill("pruning roses")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(count(page)).to_have_text("25 posts")
    facet(page, "Author").get_by_role("link", name="Ann Ames, 13 posts").click()
    page.get_by_role("link", name="Page 2").click()
    expect(page.locator("nav.pager [aria-current=page]")).to_have_text("2")
    page.get_by_label("Search the archive").fill("garden")
    page.keyboard.press("Enter")
    expect(chips(page)).to_contain_text("Author: Ann Ames")
    chips(page).get_by_role("link", name="Clear all").click()
    expect(count(page)).to_have_text("25 posts")


def test_chooses_dates_by_writing_them_and_by_bars(page: Page) -> None:
    page.goto("/search?q=roses")
    page.get_by_label("From").fill("2010-11")
    page.get_by_label("Until").fill("2011-03")
    page.get_by_role("button", name="Apply").click()
    expect(count(page)).to_have_text("5 posts")
    chips(page).get_by_role("link", name="Clear all").click()
    for unit, chosen in (
        ("Years", "2010, 12 posts"),
        ("Months of 2010", "March 2010, 1 post"),
        ("Days of March 2010", "5 March 2010, 1 post"),
    ):
        timeline(page, unit).get_by_role("link", name=chosen).click()
    expect(titles(page)).to_have_text(["Roses, part 2"])
    timeline(page, "Days of March 2010").get_by_role("link", name="March 2010", exact=True).click()
    expect(count(page)).to_have_text("1 post")


def test_finds_a_value_of_a_long_facet_and_pages_through_it(page: Page) -> None:
    page.goto("/search?q=roses")
    page.get_by_role("searchbox", name="Find in Tag").fill("rose")
    facet(page, "Tag").get_by_role("button", name="Find").click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("25 values")
    page.get_by_role("searchbox", name="Find in Tag").fill("24")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="rose 24, 1 post").click()
    expect(count(page)).to_have_text("1 post")

    page.goto("/facets/tag?q=roses&size=10")
    for place in ("Page 2 of 3", "Page 3 of 3"):
        page.get_by_role("link", name="Next").click()
        expect(page.locator("nav.pager [aria-current=page]")).to_contain_text(place)
    page.get_by_role("link", name="Back to the results").click()
    expect(count(page)).to_have_text("26 posts")


def test_leaves_a_value_out(page: Page) -> None:
    page.goto("/search?q=roses")
    page.get_by_role("list", name="Leave some out").get_by_role("link", name="Author").click()
    page.get_by_role("link", name="not Ann Ames").click()
    expect(count(page)).to_have_text("13 posts")
    chips(page).get_by_role("link", name="Remove Not author: Ann Ames").click()
    expect(count(page)).to_have_text("26 posts")


def test_is_told_what_to_leave_out_where_nothing_is_found(page: Page) -> None:
    page.goto("/search?q=pruning&tag=garden&blog=The+Ledger")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    page.get_by_role("link", name="Without “Blog: The Ledger”").click()
    expect(count(page)).to_have_text("25 posts")


def test_takes_a_spelling_that_is_offered(page: Page) -> None:
    page.goto("/search?q=lighthuose")
    page.get_by_role("link", name="lighthouse").click()
    expect(count(page)).to_have_text("1 post")


def test_each_match_is_a_number_away(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 320})  # so low that no two of them are on it
    page.goto("/search?q=drones")
    titles(page).first.click()
    matches = page.get_by_role("navigation", name="Matches")
    expect(matches.get_by_role("button")).to_have_count(0)
    for number in (3, 1, 2):
        matches.get_by_role("link", name=f"Match {number}").click()
        expect(page.locator("mark:target")).to_have_id(f"match-{number}")
        expect(page.locator("mark:target")).to_be_in_viewport(ratio=1)
        expect(matches).to_be_in_viewport(ratio=1)


def test_goes_through_the_results_and_on_to_others(page: Page) -> None:
    page.goto("/search?q=pruning&tag=garden")
    results = page.url
    titles(page).first.click()
    steps(page).get_by_role("link", name="Next").click()
    expect(steps(page)).to_contain_text("Result 2 of 25")
    steps(page).get_by_role("link", name="Back to the results").click()
    expect(page).to_have_url(results)
    titles(page).first.click()
    similar = page.get_by_role("region", name="Similar posts").get_by_role("link").first
    title = similar.inner_text()
    similar.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_text("Cite or share").click()
    expect(page.locator(".citation")).to_contain_text(title)


def test_browses_without_a_search(page: Page) -> None:
    page.get_by_role("link", name="Browse", exact=True).click()
    page.get_by_role("region", name="Authors").get_by_role("link", name="Rosa Lind, 25 posts").click()
    expect(count(page)).to_have_text("25 posts")


def test_nothing_of_the_script_is_shown(page: Page) -> None:
    expect(page.get_by_role("searchbox", name="Search the archive")).to_be_visible()
    for role in ("listbox", "dialog"):
        expect(page.get_by_role(role, include_hidden=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Keys", include_hidden=True)).to_have_count(0)
