"""A reader who uses the keyboard only: nothing here is clicked, hovered or given the focus by the test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice, pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import needs_chromium, visit
from tests.web.journeys.focus import focus, tab_through, tab_to
from tests.web.journeys.landmarks import chips, count, titles

pytestmark = needs_chromium

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}

POST = "/posts/aaaaaaaaaaa2/drones-over-the-harbour?q=drones"


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with visit(browser, site, viewport=DESKTOP, reduced_motion="reduce") as opened:
        yield opened


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def name(page: Page) -> str:
    here = focus(page)
    return here.name if here else ""


def test_the_first_key_is_the_way_past_the_header(page: Page) -> None:
    page.goto("/search?q=roses")
    press(page, "Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    press(page, "Enter", "Tab")
    assert name(page) == "Best match"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["wide", "narrow"])
@pytest.mark.parametrize("path", ["/search?q=roses&tag=garden&size=2", "/facets/author?q=roses", POST])
def test_tab_goes_through_the_page_as_it_is_read_and_is_seen_wherever_it_is(
    page: Page, path: str, size: dict[str, int]
) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(path)
    stops = list(tab_through(page))
    assert [stop for stop in stops if not (stop.outlined and stop.uncovered)] == []
    parts = [part for part, _ in groupby(stop.part for stop in stops)]
    assert [part for part in parts if part != "aside"] == ["a", "header", "main", "footer"]
    if size == PHONE:  # in one column
        read = [stop for stop in stops if stop.part == "main"]
        assert [(a.name, b.name) for a, b in pairwise(read) if b.bottom < a.top] == []


def test_tab_backwards_goes_to_the_same(page: Page) -> None:
    page.goto("/facets/author?q=roses")
    there = [stop.name for stop in tab_through(page)]
    back = [stop.name for stop in islice(tab_through(page, key="Shift+Tab"), len(there))]
    assert back == there[::-1]


def test_a_completion_is_chosen_a_result_opened_and_its_matches_gone_through(page: Page) -> None:
    press(page, "/")
    page.keyboard.type("pruning ros")
    expect(page.get_by_role("option").first).to_have_text("pruning roses")
    press(page, "ArrowDown", "Enter")
    expect(count(page)).to_have_text("25 posts")

    press(page, "j", "j", "k", "j")
    title = titles(page).nth(1).inner_text()
    assert name(page) == title
    press(page, "o")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    for key, number in (("n", 1), ("n", 2), ("p", 1)):
        press(page, key)
        expect(page.locator("mark:target")).to_have_id(f"match-{number}")

    tab_to(page, "Next result" + titles_around(page))
    press(page, "Enter")
    expect(page.locator(".steps")).to_contain_text("Result 3 of 25")
    tab_to(page, "Back to the results")
    press(page, "Enter")
    expect(count(page)).to_have_text("25 posts")


def titles_around(page: Page) -> str:
    return " " + page.get_by_role("link", name="Next result").locator("[dir=auto]").inner_text()


def test_escape_takes_back_what_the_box_shows_step_by_step(page: Page) -> None:
    press(page, "/")
    page.keyboard.type("dron")
    expect(page.get_by_role("option").first).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert page.locator("#q").input_value() == "dron"
    press(page, "Escape", "Escape")
    assert focus(page) is None


def test_filters_are_chosen_and_taken_off(page: Page) -> None:
    page.goto("/search?q=roses")
    tab_to(page, "Ann Ames, 13 posts")
    press(page, "Enter")
    expect(chips(page)).to_contain_text("Author: Ann Ames")
    tab_to(page, "From")
    page.keyboard.type("2011")
    press(page, "Enter")
    expect(chips(page)).to_contain_text("From 2011")
    tab_to(page, "Clear all")
    press(page, "Enter")
    expect(count(page)).to_have_text("26 posts")


def test_filters_behind_a_button_are_reached_once_it_is_pressed(page: Page) -> None:
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto("/search?q=roses&tag=garden")
    tab_to(page, "Filters (1)")
    press(page, "Tab")
    assert name(page) == "Best match"
    press(page, "Shift+Tab", "Enter", "Tab")
    assert name(page) == "From"
    tab_to(page, "Ann Ames, 13 posts")
    press(page, "Enter")
    expect(count(page)).to_have_text("13 posts")


def test_the_list_of_keys_gives_the_focus_back_to_where_it_was(page: Page) -> None:
    page.goto("/search?q=roses")
    keys = page.get_by_role("dialog", name="Keys")
    press(page, "j", "j")
    there = name(page)
    press(page, "?")
    expect(keys).to_be_visible()
    assert name(page) == "Close"
    press(page, "Escape")
    expect(keys).to_be_hidden()
    assert name(page) == there

    tab_to(page, "Keys")
    press(page, "Enter")
    assert name(page) == "Close"
    press(page, "Tab")
    assert name(page) == "Use single-key shortcuts"
    press(page, "Shift+Tab", "Enter")
    expect(keys).to_be_hidden()
    assert name(page) == "Keys"
