"""A reader with a mouse."""

from __future__ import annotations

from collections.abc import Iterator

import feedparser
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import needs_chromium, visit
from tests.web.journeys.landmarks import chips, count, facet, steps, timeline, titles

pytestmark = needs_chromium


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with visit(browser, site, locale="en-GB", viewport={"width": 1280, "height": 900}) as opened:
        yield opened


def test_searches_for_a_completion_and_filters_what_is_found(page: Page) -> None:
    page.get_by_label("Search the archive").click()
    page.keyboard.type("pruning ros")
    page.get_by_role("option", name="pruning roses", exact=True).click()
    expect(count(page)).to_have_text("25 posts")

    facet(page, "Author").get_by_role("link", name="Ann Ames, 13 posts").click()
    facet(page, "Tag").get_by_role("link", name="rose 10, 1 post").click()
    expect(page).to_have_title("pruning roses by Ann Ames, in tag rose 10 — 1 post — Blog archive")
    chips(page).get_by_role("link", name="Remove Tag: rose 10").click()
    expect(count(page)).to_have_text("13 posts")

    page.get_by_role("link", name="Page 2").click()
    expect(page.locator("nav.pager [aria-current=page]")).to_have_text("2")
    page.get_by_label("Search the archive").fill("garden")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(count(page)).to_have_text("13 posts")
    expect(chips(page).get_by_role("link")).to_have_text(["Remove Author: Ann Ames ×", "Clear all"])

    chips(page).get_by_role("link", name="Clear all").click()
    expect(count(page)).to_have_text("25 posts")


def test_goes_from_years_to_a_day_and_out_again(page: Page) -> None:
    page.goto("/search?q=roses")
    for unit, chosen, posts in (
        ("Years", "2010, 12 posts", "12 posts"),
        ("Months of 2010", "March 2010, 1 post", "1 post"),
        ("Days of March 2010", "5 March 2010, 1 post", "1 post"),
    ):
        timeline(page, unit).get_by_role("link", name=chosen).click()
        expect(count(page)).to_have_text(posts)
    expect(titles(page)).to_have_text(["Roses, part 2"])
    for unit, out, posts in (
        ("Days of March 2010", "March 2010", "1 post"),
        ("Days of March 2010", "2010", "12 posts"),
        ("Months of 2010", "All years", "26 posts"),
    ):
        timeline(page, unit).get_by_role("link", name=out, exact=True).click()
        expect(count(page)).to_have_text(posts)


def test_sees_why_a_post_matched_and_goes_from_match_to_match(page: Page) -> None:
    page.goto("/search?q=drone+lighthouse")
    expect(page.get_by_role("article").locator(".why")).to_have_text(
        "Found: “drone” (as drones) in the title, the text and a comment “lighthouse” in a comment"
    )
    titles(page).click()
    forward, back = (page.get_by_role("button", name=f"{which} match") for which in ("Next", "Previous"))
    expect(page.locator("[id^=match-]")).to_have_count(4)
    for button, number in ((forward, 1), (forward, 2), (back, 1), (back, 4), (forward, 1)):
        button.click()
        expect(page.locator("mark:target")).to_have_id(f"match-{number}")
        expect(page.locator("mark:target")).to_be_in_viewport(ratio=1)


def test_goes_through_the_results_post_by_post_and_back_to_them(page: Page, site: str) -> None:
    page.goto("/search?q=pruning&tag=garden&sort=oldest")
    page.get_by_role("link", name="Page 2").click()
    results = page.url
    titles(page).first.click()
    for place in ("Result 12 of 25", "Result 13 of 25"):
        steps(page).get_by_role("link", name="Next").click()
        expect(steps(page)).to_contain_text(place)
    page.get_by_role("link", name="Previous result").click()
    expect(steps(page)).to_contain_text("Result 12 of 25")
    page.get_by_role("link", name="Back to the results").click()
    expect(page).to_have_url(results)
    expect(chips(page)).to_contain_text("Tag: garden")


def test_a_comment_that_matched_is_one_click_away(page: Page) -> None:
    page.goto("/search?q=lighthouse")
    page.get_by_role("list", name="Matching comments").get_by_role("link").click()
    comment = page.locator("#comment-ddddddddddd2")
    expect(comment).to_be_in_viewport()
    expect(comment.locator("mark")).to_have_text("lighthouse")


def test_follows_a_similar_post(page: Page) -> None:
    page.goto("/posts/aaaaaaaaaaa2")
    similar = page.get_by_role("region", name="Similar posts").get_by_role("link").first
    title = similar.inner_text()
    similar.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_keeps_a_search_as_a_feed_of_what_it_finds(page: Page, site: str) -> None:
    page.goto("/search?q=pruning&author=Ann+Ames&sort=newest")
    address = page.get_by_role("link", name="Follow this search").get_attribute("href")
    feed = feedparser.parse(page.request.get(f"{site}{address}").body())
    assert not feed.bozo
    assert [entry.title for entry in feed.entries[:10]] == titles(page).all_inner_texts()


def test_takes_a_citation_along(page: Page, site: str) -> None:
    page.goto("/posts/aaaaaaaaaaa2")
    page.get_by_text("Cite or share").click()
    expect(page.locator(".citation")).to_contain_text("Ann Ames, “Drones over the harbour”. The Ledger")
    address = page.get_by_role("link", name="BibTeX").get_attribute("href")
    assert page.request.get(f"{site}{address}").text().startswith("@")
