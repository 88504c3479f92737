"""Keys for those who like them, which leave all others alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import hold, needs_chromium, visit

pytestmark = needs_chromium


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with visit(browser, f"{site}/search?q=roses") as opened:
        yield opened


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_a_key_goes_to_the_search_box_and_selects_what_is_in_it(page: Page, key: str) -> None:
    page.keyboard.press(key)
    page.keyboard.type("drones")
    expect(page.locator("#q")).to_have_value("drones")


def test_while_somebody_types_letters_are_letters(page: Page) -> None:
    page.locator("#q").fill("")
    page.keyboard.type("j/k?o")
    expect(page.locator("#q")).to_have_value("j/k?o")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_j_and_k_go_through_the_results_and_o_opens_one(page: Page) -> None:
    results = page.locator(".result h2 a")
    for key, at in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0), ("j", 1)):
        page.keyboard.press(key)
        expect(results.nth(at)).to_be_focused()
    title = results.nth(1).inner_text()
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_j_ends_at_the_last_result_and_begins_at_the_one_the_focus_is_in(page: Page) -> None:
    results = page.locator(".result")
    results.last.get_by_role("link").last.focus()
    page.keyboard.press("j")
    expect(results.last.get_by_role("link").last).to_be_focused()
    page.keyboard.press("k")
    expect(results.nth(-2).locator("h2 a")).to_be_focused()


def test_n_and_p_go_round_through_the_matches_of_a_post(page: Page) -> None:
    page.locator(".result h2 a").first.click()
    matches = page.locator("[id^=match-]")
    expect(matches.first).to_be_attached()
    last = matches.count()
    assert last > 1
    for key, number in (("n", 1), ("n", 2), ("p", 1), ("p", last), ("n", 1)):
        page.keyboard.press(key)
        page.wait_for_url(f"**#match-{number}")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("26 posts")


def test_buttons_go_from_match_to_match_and_keep_the_focus(page: Page) -> None:
    page.locator(".result h2 a").first.click()
    forward = page.get_by_role("button", name="Next match")
    for number in (1, 2):
        forward.press("Enter")
        page.wait_for_url(f"**#match-{number}")
        expect(forward).to_be_focused()


def test_the_page_says_which_match_the_reader_is_at(page: Page) -> None:
    page.locator(".result h2 a").first.click()
    matches = page.get_by_role("navigation", name="Matches")
    expect(matches).to_contain_text("2 matches")
    matches.get_by_role("link", name="Match 2").click()
    expect(matches).to_contain_text("Match 2 of 2")
    page.keyboard.press("n")
    expect(matches).to_contain_text("Match 1 of 2")
    page.reload()
    expect(matches).to_contain_text("Match 1 of 2")


def test_keys_with_control_are_the_browsers(page: Page) -> None:
    page.keyboard.press("Control+j")
    expect(page.locator(".result h2 a").first).not_to_be_focused()


def test_a_question_mark_shows_the_keys_and_escape_closes_them(page: Page) -> None:
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.get_by_role("definition").first).to_have_text("go to the search box")
    expect(keys.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("j")
    expect(keys.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_a_button_shows_the_keys_and_a_box_turns_them_off_for_good(page: Page, site: str) -> None:
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Close").click()
    for address in (page.url, site):
        page.goto(address)
        page.keyboard.press("j")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.locator("body")).to_be_focused()


NOTE_WHAT_IS_SAID = """
main => new MutationObserver(() => (sessionStorage.said = main.getAttribute("aria-busy"))).observe(
  main, {attributes: true})
"""


def test_on_a_slow_line_a_page_is_said_to_be_coming(page: Page) -> None:
    held = hold(page, r"page=2$")
    page.get_by_role("main").evaluate(NOTE_WHAT_IS_SAID)
    with page.expect_request("**page=2"):
        page.get_by_role("link", name="Next").click(no_wait_after=True)
    page.wait_for_timeout(500)
    held[0].continue_()
    page.wait_for_url("**page=2")
    assert page.evaluate("sessionStorage.said") == "true"
    expect(page.get_by_role("main")).not_to_have_attribute("aria-busy", "true")
    page.go_back()
    expect(page.get_by_role("main")).not_to_have_attribute("aria-busy", "true")


def test_a_download_and_a_link_within_the_page_are_not_waited_for(page: Page) -> None:
    page.get_by_role("link", name="Skip to the content").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    expect(page.get_by_role("main")).not_to_have_attribute("aria-busy", "true")
