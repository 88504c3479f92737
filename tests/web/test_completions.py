"""The search box completes what is typed, as the ARIA practices describe a combobox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.axe import AXE, SCREENS, violations
from tests.web.browsing import hold, needs_chromium, visit

pytestmark = needs_chromium

SUGGESTIONS = "**/suggest.json?*"


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with visit(browser, f"{site}/search?tag=garden") as opened:
        yield opened


@pytest.fixture
def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search the archive")


@pytest.fixture
def options(page: Page) -> Locator:
    return page.get_by_role("option")


def active(page: Page) -> str:
    """What the option says that the arrows are at, as a screen reader finds it; empty for none."""
    found = page.evaluate(
        "document.getElementById(q.getAttribute('aria-activedescendant'))?.textContent ?? ''"
    )
    return str(found)


def questions(page: Page) -> list[str]:
    """The addresses of completions that are asked for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    return asked


def test_titles_tags_and_authors_are_offered_by_kind(page: Page, box: Locator) -> None:
    box.press_sequentially("ros")
    expect(page.get_by_role("listbox", name="Completions")).to_be_visible()
    for kind, first in (("Authors", "Rosa Lind"), ("Posts", "Roses, part 24")):
        expect(page.get_by_role("group", name=kind).get_by_role("option").first).to_have_text(first)
    expect(box).to_have_attribute("aria-expanded", "true")
    assert active(page) == ""


def test_how_many_there_are_is_told_and_only_once_the_box_is_used(page: Page, box: Locator) -> None:
    expect(page.get_by_role("status")).to_have_count(1)
    box.press_sequentially("dron")
    expect(page.get_by_role("status").last).to_have_text("Completions: 2")


def test_how_many_posts_have_a_tag_or_author_is_in_the_name_of_the_option(page: Page, box: Locator) -> None:
    box.press_sequentially("ros")
    expect(page.get_by_role("option", name="Rosa Lind 25", exact=True)).to_be_visible()
    expect(page.get_by_role("option", name="Roses, part 24", exact=True)).to_be_visible()


def test_arrows_go_round_through_the_options_and_the_text(page: Page, box: Locator, options: Locator) -> None:
    tag, title = "drones", "Drones over the harbour"
    box.press_sequentially("dron")
    expect(options).to_have_text([tag, title])
    for key, at in (
        *(("ArrowDown", tag), ("ArrowDown", title), ("ArrowDown", ""), ("ArrowUp", title)),
        *(("Home", ""), ("ArrowUp", title), ("End", ""), ("ArrowDown", tag), ("ArrowLeft", "")),
    ):
        box.press(key)
        assert active(page) == at, key
    expect(box).to_have_value("dron")


def test_a_closed_list_opens_by_the_arrow(page: Page, box: Locator, options: Locator) -> None:
    box.fill("drones")
    expect(options.first).to_be_visible()
    box.press("Escape")
    expect(options.first).to_be_hidden()
    box.press("Alt+ArrowDown")
    expect(options.first).to_be_visible()
    assert active(page) == ""
    box.press("Alt+ArrowUp")
    expect(options.first).to_be_hidden()
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "completion-0")


def test_enter_opens_the_option_it_is_at(page: Page, box: Locator, options: Locator) -> None:
    box.press_sequentially("roses, part 7")
    expect(options).to_have_text(["Roses, part 7"])
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Roses, part 7")


def test_enter_searches_for_what_was_typed_where_it_is_at_none(
    page: Page, box: Locator, options: Locator
) -> None:
    box.press_sequentially("prun")
    expect(options.first).to_be_visible()
    box.fill("pruning")
    box.press("Enter")
    page.wait_for_url("**/search?q=pruning&tag=garden")


def test_escape_closes_then_empties_then_leaves(page: Page, box: Locator, options: Locator) -> None:
    box.press_sequentially("ros")
    expect(options.first).to_be_visible()
    box.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("ros")
    box.press("Escape")
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    box.press("Escape")
    expect(box).not_to_be_focused()


def test_tab_leaves_and_chooses_nothing(page: Page, box: Locator, options: Locator) -> None:
    box.press_sequentially("ros")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Tab")
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_focused()
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("ros")


def test_an_author_is_a_search_by_click_and_by_touch(browser: Browser, site: str) -> None:
    with visit(browser, site, has_touch=True, viewport={"width": 360, "height": 740}) as page:
        page.locator("#q").press_sequentially("lind")
        page.get_by_role("option", name="Rosa Lind").tap()
        page.wait_for_url("**/search?author=Rosa+Lind")


def test_the_last_word_is_completed_after_those_before_it_and_filters_stay(
    page: Page, box: Locator, options: Locator
) -> None:
    box.press_sequentially("roses gard")
    expect(options).to_have_text(["roses garden", 'roses tag:"garden"'])
    options.last.click()
    page.wait_for_url("**/search?q=roses+tag%3A%22garden%22&tag=garden")
    expect(page.get_by_role("status")).to_have_text("25 posts")


def test_a_field_is_completed_with_its_own_values(box: Locator, options: Locator) -> None:
    box.press_sequentially("pruning -author:am")
    expect(options).to_have_text(['pruning -author:"Ann Ames"'])


def test_while_characters_are_composed_nothing_is_asked(page: Page, box: Locator) -> None:
    asked = questions(page)
    box.focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "rose", "selectionStart": 4, "selectionEnd": 4})
    page.wait_for_timeout(400)
    assert asked == []
    with page.expect_request(SUGGESTIONS):
        keyboard.send("Input.insertText", {"text": "roses"})


def test_an_answer_that_comes_late_is_dropped(page: Page, box: Locator, options: Locator) -> None:
    held = hold(page, r"/suggest.json\?q=ros&")
    with page.expect_request(SUGGESTIONS):
        box.fill("ros")
    box.fill("garden")
    expect(options).to_have_text(["garden"])
    for route in held:
        route.continue_()
    page.wait_for_timeout(200)
    expect(options).to_have_text(["garden"])


def test_what_was_answered_is_not_asked_again(page: Page, box: Locator, options: Locator) -> None:
    asked = questions(page)
    for text in ("garden", "drones", "garden"):
        box.fill(text)
        expect(options.first).to_contain_text(text)
    assert len(asked) == 2


def test_where_the_line_is_down_the_box_is_a_box(browser: Browser, site: str) -> None:
    with visit(browser, site, expected="ERR_FAILED") as page:
        page.route(SUGGESTIONS, lambda route: route.abort())
        with page.expect_event("requestfailed"):
            page.locator("#q").fill("ros")
        page.locator("#q").press("ArrowDown")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")


def test_hostile_tags_and_titles_are_text(page: Page, box: Locator, options: Locator) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    box.press_sequentially("script")
    texts = ["\"><script>alert('tag')</script>", "<script>alert('title')</script> evil"]
    expect(options).to_have_text(texts)
    expect(page.locator("#completions script")).to_have_count(0)


def test_axe_finds_no_violation_while_completions_or_keys_are_shown(
    page: Page, box: Locator, options: Locator
) -> None:
    page.evaluate(AXE)
    box.press_sequentially("dron")
    expect(options).to_have_count(2)
    box.press("ArrowDown")
    for screen in SCREENS:
        assert violations(page, screen) == []
    box.blur()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page, SCREENS[0]) == []
