"""A reader goes from match to match and from result to result in a real browser."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

DRONES = "/posts/aaaaaaaaaaa2/drones-over-the-harbour"


def opened(browser: Browser, site: str, path: str, *, scripts: bool = True, width: int = 360) -> Page:
    """The page at this path, on a screen so low that no two matches are on it."""
    page = browser.new_page(
        base_url=site, viewport={"width": width, "height": 320}, java_script_enabled=scripts
    )
    page.set_default_timeout(15_000)
    page.goto(path)
    return page


def test_without_javascript_each_match_is_a_number_away(browser: Browser, site: str) -> None:
    with opened(browser, site, f"{DRONES}?q=drones", scripts=False) as page:
        matches = page.get_by_role("navigation", name="Matches")
        expect(matches.get_by_role("button")).to_have_count(0)
        for number in (3, 1, 2):
            matches.get_by_role("link", name=f"Match {number}").click()
            expect(page.locator("mark:target")).to_have_id(f"match-{number}")
            expect(page.locator("mark:target")).to_be_in_viewport(ratio=1)
            expect(matches).to_be_in_viewport(ratio=1)


def test_buttons_go_to_the_next_match_and_the_one_before(browser: Browser, site: str) -> None:
    with opened(browser, site, f"{DRONES}?q=drones") as page:
        following, previous = (
            page.get_by_role("button", name=f"{which} match") for which in ("Next", "Previous")
        )
        for button, number in ((following, 1), (following, 2), (following, 3), (following, 1), (previous, 3)):
            button.click()
            expect(page.locator("mark:target")).to_have_id(f"match-{number}")
        page.keyboard.press("Enter")  # the button keeps the focus
        expect(page.locator("mark:target")).to_have_id("match-2")


def test_a_reader_goes_through_the_results_post_by_post_and_back(browser: Browser, site: str) -> None:
    with opened(browser, site, "/search?q=roses&sort=oldest&page=2") as page:
        page.locator(".result h2 a").first.click()
        for place in ("Result 12 of 25", "Result 13 of 25"):
            page.locator(".steps").get_by_role("link", name="Next").click()
            expect(page.locator(".steps")).to_contain_text(place)
        page.get_by_role("link", name="Previous result").click()
        expect(page.locator(".steps")).to_contain_text("Result 12 of 25")
        page.get_by_role("link", name="Back to the results").click()
        expect(page).to_have_url(f"{site}/search?q=roses&sort=oldest&page=2")


def test_print_has_the_post_its_comments_and_how_it_is_cited(browser: Browser, site: str) -> None:
    with opened(browser, site, f"{DRONES}?q=drones") as page:
        page.emulate_media(media="print")
        for shown in (".post h1", ".prose", ".comment", ".citation", ".original"):
            expect(page.locator(shown).first).to_be_visible()
        for hidden in (".top", ".matches", ".steps", ".similar", ".origins", ".cite summary", ".cite a"):
            expect(page.locator(hidden).first).to_be_hidden()
