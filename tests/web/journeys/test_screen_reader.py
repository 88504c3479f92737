"""What a screen reader is told, by Chromium's accessibility tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import needs_chromium, visit
from tests.web.journeys.kinds import KINDS
from tests.web.journeys.tree import LANDMARKS, Node, tree

pytestmark = needs_chromium

BEFORE, AFTER = ["banner", "search"], ["contentinfo", "navigation"]
NAME_OF_A_FILTER = re.compile(r".+, \d+ posts?(; chosen, follow to remove)?|not .+")


@pytest.fixture(scope="module")
def page(browser: Browser, site: str) -> Iterator[Page]:
    with visit(browser, site, locale="en-GB") as opened:
        yield opened


@pytest.mark.parametrize("path", KINDS)
def test_every_page_is_laid_out_in_landmarks_and_headings(page: Page, path: str) -> None:
    page.goto(path)
    told = tree(page)
    landmarks = [(each.role, each.name) for each in told.all(*LANDMARKS)]
    roles = [role for role, _ in landmarks]
    assert roles[:2] == BEFORE
    assert roles[-2:] == AFTER
    assert roles.count("main") == 1
    assert len(set(landmarks)) == len(landmarks)  # two of a role have two names
    assert all(name for role, name in landmarks if role in ("complementary", "navigation", "region"))

    levels = [each.states["level"] for each in told.one("main", "").all("heading")]
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    assert all(each.name for each in told.all("heading", "link", "button"))


def test_the_status_of_a_search_says_the_count_and_no_more(page: Page) -> None:
    page.goto("/search?q=roses&tag=garden")
    (status,) = tree(page).all("status")
    assert [text.name for text in status.all("StaticText")] == ["25 posts"]
    assert status.states["live"] == "polite"


def test_filters_are_groups_of_lists_whose_names_have_the_counts(page: Page) -> None:
    page.goto("/search?q=roses&tag=garden")
    filters = tree(page).one("complementary", "Filters")
    for name in ("Author", "Tag", "Language"):
        (values,) = filters.one("group", name).all("list")
        assert {each.role for each in values.children} == {"listitem"}
        names = [each.name for each in values.all("link")]
        assert names
        assert [each for each in names if not NAME_OF_A_FILTER.fullmatch(each)] == []
    chosen = page.get_by_role("link", name="garden, 25 posts; chosen, follow to remove")
    expect(chosen).to_have_attribute("aria-current", "true")


def test_lists_are_lists_although_they_have_no_bullets(page: Page) -> None:
    page.goto("/search?q=roses&tag=garden")
    told = tree(page)
    named = {each.name: len(each.all("listitem")) for each in told.all("list") if each.name}
    assert (named["Chosen filters"], named["Sort by"], named["Tags"]) == (2, 4, 2)
    styles = page.locator("ul, ol").evaluate_all(
        "all => all.map(each => getComputedStyle(each).listStyleType)"
    )
    assert "none" not in styles  # for which WebKit would not tell of lists


def test_a_bar_of_the_timeline_is_a_link_that_says_when_and_how_many(page: Page) -> None:
    page.goto("/search?q=roses&date=2010")
    months = tree(page).one("navigation", "Months of 2010")
    links = [each.name for each in months.all("link")]
    assert links[:3] == ["All years", "January 2010, 1 post", "February 2010, 1 post"]
    (bars,) = months.all("list")
    assert {each.role for each in bars.children} == {"listitem"}
    assert len(bars.children) == 12
    read = [each.name for each in bars.all("image", "graphics-document", "SvgRoot")]
    assert read == []


def test_the_page_of_results_one_is_on_is_the_current_one(page: Page) -> None:
    page.goto("/search?q=roses&page=2")
    pager = tree(page).one("navigation", "Pages")
    assert [each.name for each in pager.all("link")] == ["Previous", "Page 1", "Page 2", "Page 3", "Next"]
    current = page.get_by_role("navigation", name="Pages").locator("[aria-current=page]")
    expect(current).to_have_accessible_name("Page 2")


def test_a_combobox_tells_what_it_shows_and_which_option_it_is_at(page: Page) -> None:
    page.goto("/search?tag=garden")
    expect(page.get_by_role("combobox")).to_be_visible()
    assert combobox(page).states["expanded"] is False
    page.get_by_role("combobox").press_sequentially("dron")
    expect(page.get_by_role("option")).to_have_count(2)
    told = combobox(page)
    assert (told.states["expanded"], told.states["hasPopup"]) == (True, "listbox")
    assert (told.states["autocomplete"], "activedescendant" in told.states) == ("list", False)
    page.keyboard.press("ArrowDown")
    assert "activedescendant" in combobox(page).states
    completions = tree(page).one("listbox", "Completions")
    assert [(each.role, each.name) for each in completions.children] == [
        ("group", "Tags"),
        ("group", "Posts"),
    ]
    assert [each.states["selected"] for each in completions.all("option")] == [True, False]
    expect(page.get_by_role("status").last).to_have_text("Completions: 2")


def combobox(page: Page) -> Node:
    return tree(page).one("combobox", "Search the archive")


def test_texts_of_another_language_say_so_and_the_words_of_the_page_in_them_too(page: Page) -> None:
    page.goto("/search?q=الورود")
    language = "each => each.closest('[lang]').lang"
    result = page.get_by_role("article").first
    assert result.get_by_role("heading").evaluate(language) == "ar"
    assert result.locator(".snippet").evaluate(language) == "ar"
    assert result.locator(".facts").first.evaluate(language) == "en-GB"
    result.get_by_role("heading").get_by_role("link").click()
    assert page.get_by_role("heading", level=1).evaluate(language) == "ar"
    assert page.locator(".prose").evaluate(language) == "ar"
    assert page.locator(".post .facts").evaluate(language) == "en-GB"


def test_answers_to_comments_are_lists_in_lists(page: Page) -> None:
    page.goto("/posts/aaaaaaaaaaa2")
    (thread,) = tree(page).one("region", "2 comments").children[1:]
    (comment,) = thread.children
    assert (thread.role, comment.role) == ("list", "listitem")
    (answers,) = comment.all("list")
    assert len(answers.all("listitem")) == 1
    assert "in reply to" in " ".join(each.name for each in answers.all("StaticText"))


def test_buttons_and_numbers_of_matches_have_names(page: Page) -> None:
    page.goto("/posts/aaaaaaaaaaa2?q=drones")
    matches = tree(page).one("navigation", "Matches")
    assert [each.name for each in matches.all("link")] == ["Match 1", "Match 2", "Match 3"]
    assert [each.name for each in matches.all("button")] == ["Previous match", "Next match"]
