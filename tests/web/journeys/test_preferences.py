"""Readers with wishes: another language, paper, less motion, their own colours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from search.archive import Archive
from tests.web import pseudo
from tests.web.browsing import needs_chromium, visit
from tests.web.journeys.landmarks import count, facet, timeline, titles
from tests.web.pages import PageCase
from tests.web.visitor import Visitor
from web.app import create_app
from web.language import choice
from web.settings import Settings

pytestmark = needs_chromium


def test_a_reader_of_german_searches_filters_and_reads_in_german(browser: Browser, site: str) -> None:
    with visit(browser, site, locale="de-AT") as page:
        page.get_by_role("combobox", name="Archiv durchsuchen").fill("pruning")
        page.get_by_role("button", name="Suchen", exact=True).click()
        expect(count(page)).to_have_text("25 Beiträge")
        timeline(page, "Jahre").get_by_role("link", name="2010, 12 Beiträge").click()
        timeline(page, "Monate 2010").get_by_role("link", name="Jänner 2010, 1 Beitrag").click()
        facet(page, "Verfasst von").get_by_role("link", name="Rosa Lind, 1 Beitrag").click()
        expect(page.get_by_role("list", name="Gewählte Filter").get_by_role("link")).to_have_text(
            ["Verfasst von: Rosa Lind entfernen ×", "Datum: Jänner 2010 entfernen ×", "Alle entfernen"]
        )
        titles(page).click()
        expect(page.get_by_role("article").get_by_text("5. Jänner 2010")).to_be_visible()


@pytest.fixture
def arabic(browser: Browser, data: Path, archive: Archive, tmp_path: Path) -> Iterator[Page]:
    """A search in a language that is written from right to left."""
    pseudo.translate(tmp_path)
    with pytest.MonkeyPatch.context() as patched, browser.new_context(locale="ar") as context:
        patched.setattr(choice, "TRANSLATIONS", tmp_path)
        context.set_extra_http_headers({"Accept-Language": "ar"})
        page = context.new_page()
        Visitor(page, {"arabic": create_app(Settings(data), archive)}).visit(
            PageCase("from right to left", "/search?q=roses&tag=garden", site="arabic")
        )
        yield page


def test_a_page_from_right_to_left_is_laid_out_from_right_to_left(arabic: Page) -> None:
    def place(selector: str) -> tuple[float, float]:
        box = arabic.locator(selector).first.bounding_box()
        assert box
        return box["x"], box["x"] + box["width"]

    for width in (1280, 360):
        arabic.set_viewport_size({"width": width, "height": 800})
        assert place(".box input")[0] >= place(".box button")[1]
        assert place(".timeline li:first-child")[0] > place(".timeline li:last-child")[0]
        assert place(".total")[1] == pytest.approx(place("main .head")[1])
        assert arabic.evaluate("document.documentElement.scrollWidth") <= width
        if width > 360:
            assert place("aside")[0] >= place("main")[1]
            assert place(".value .label")[0] > place(".value .count")[1]


def test_print_has_the_post_its_comments_and_how_it_is_cited(browser: Browser, site: str) -> None:
    with visit(browser, f"{site}/search?q=drones") as page:
        titles(page).first.click()
        expect(page.locator(".prose mark").first).to_be_visible()
        page.emulate_media(media="print", color_scheme="dark")
        for shown in (".post h1", ".prose", ".comment", ".citation", ".original"):
            expect(page.locator(shown).first).to_be_visible()
        for hidden in ("header.top", "footer", ".matches", ".steps", ".similar", ".origins", ".cite summary"):
            expect(page.locator(hidden).first).to_be_hidden()
        expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
        assert page.pdf().startswith(b"%PDF-")


def test_results_are_printed_without_what_cannot_be_followed_on_paper(browser: Browser, site: str) -> None:
    with visit(browser, f"{site}/search?q=roses") as page:
        page.emulate_media(media="print")
        expect(titles(page).first).to_be_visible()
        for hidden in ("aside", "header.top", ".timeline", ".pager", ".sorts"):
            expect(page.locator(hidden)).to_be_hidden()


@pytest.mark.parametrize(("wish", "scrolling"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_for_who_wants_less_motion(
    browser: Browser, site: str, wish: str, scrolling: str
) -> None:
    with visit(browser, f"{site}/posts/aaaaaaaaaaa2?q=drones", reduced_motion=wish) as page:
        expect(page.locator("html")).to_have_css("scroll-behavior", scrolling)
        page.get_by_role("main").evaluate("main => main.setAttribute('aria-busy', 'true')")
        moving = page.evaluate("document.getAnimations().length")
        assert moving == (0 if wish == "reduce" else 1)


def test_with_colours_of_the_reader_what_is_chosen_matched_or_focused_is_still_seen(
    browser: Browser, site: str
) -> None:
    with visit(browser, f"{site}/search?q=roses&tag=garden&page=2", forced_colors="active") as page:
        plain = page.locator(".snippet").first.evaluate("each => getComputedStyle(each).backgroundColor")
        expect(page.locator(".snippet mark").first).not_to_have_css("background-color", plain)
        for chosen in (".value[aria-current]", ".pager [aria-current]"):
            expect(page.locator(chosen).first).to_have_css("outline-style", "solid")
        assert page.locator(".timeline rect").first.evaluate("each => getComputedStyle(each).fill") != plain
        page.keyboard.press("/")
        expect(page.locator("#q")).to_have_css("outline-style", "solid")
        page.keyboard.type("dron")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        expect(page.locator("[aria-selected=true]")).to_have_css("outline-style", "solid")
