"""The search box on a page of the blog: another site, which asks the archive by its own script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.another_site import AnotherSite, BlogPage, another_site
from tests.web.axe import AXE, SCREENS, violations
from tests.web.browsing import hold, needs_chromium, visit
from tests.web.serving import serving
from web.embed.embedding import SOURCE, embedding
from web.language.languages import TRANSLATIONS, Languages

DOCS = Path(__file__).parents[3] / "docs"
TEXT = (DOCS / "embedding.md").read_text(encoding="utf-8")
ADDRESS_IN_DOCS = "http://127.0.0.1:8080"

UNREACHABLE = "The archive cannot be reached from this page."


@pytest.fixture(scope="module")
def blog() -> Iterator[AnotherSite]:
    with another_site() as site:
        yield site


@pytest.fixture(scope="module")
def archive_address(data: Path, blog: AnotherSite) -> Iterator[str]:
    """An archive that the blog may ask."""
    with serving(data, "--cors", blog.origin) as address:
        yield address


class Reader:
    """Opens pages of the blog that have the box in them."""

    def __init__(self, browser: Browser, blog: AnotherSite, archive: str) -> None:
        self.browser, self.blog, self.archive = browser, blog, archive

    def opens(
        self,
        body: str = "<blog-search></blog-search>",
        *,
        data: str = "",
        policy: str = "",
        language: str = "en",
        expected: str = "",
    ) -> AbstractContextManager[Page]:
        """A page with this body above the tag of the script, which has these `data-` attributes."""
        script = f'<script src="{self.archive}/embed.js" async {data}></script>'
        html = (
            f'<!doctype html><html lang="{language}"><title>A blog</title>'
            f"<main><h1>A blog</h1>{body}{script}</main></html>"
        )
        self.blog.pages["/page"] = BlogPage(html, policy)
        self.blog.pages["/favicon.ico"] = BlogPage("")
        return visit(self.browser, f"{self.blog.origin}/page", expected=expected)


@pytest.fixture
def reader(browser: Browser, blog: AnotherSite, archive_address: str) -> Reader:
    return Reader(browser, blog, archive_address)


def look_for(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")


@needs_chromium
def test_results_appear_with_their_words_marked(reader: Reader) -> None:
    with reader.opens(language="en-GB") as page:
        look_for(page, "drones")
        expect(page.get_by_role("status")).to_have_text("1 post")
        result = page.locator("blog-search ol > li")
        title = result.get_by_role("link", name="Drones over the harbour")
        expect(title).to_have_attribute("href", "https://ledger.example/drones")
        expect(result.locator(".facts").first).to_have_text("2 March 2024 · Ann Ames")
        expect(result.locator("mark").first).to_have_text("Drones")
        comment = result.get_by_role("link", name="Comment by Cy")
        expect(comment).to_have_attribute("href", re.compile(rf"^{reader.archive}/posts/.*#comment-"))
        more = page.get_by_role("link", name="Continue in the archive")
        expect(more).to_have_attribute("href", f"{reader.archive}/search?q=drones")


@needs_chromium
def test_what_is_typed_is_searched_for_after_a_pause_and_escape_clears(reader: Reader) -> None:
    with reader.opens() as page:
        page.get_by_role("searchbox").press_sequentially("drones")
        expect(page.get_by_role("status")).to_have_text("1 post")
        page.get_by_role("searchbox").press("Escape")
        expect(page.get_by_role("status")).to_have_text("")
        expect(page.locator("blog-search li")).to_have_count(0)


@needs_chromium
def test_more_results_are_shown_and_gone_to(reader: Reader) -> None:
    with reader.opens('<blog-search size="10"></blog-search>') as page:
        look_for(page, "pruning")
        results = page.locator("blog-search ol > li")
        for number in (10, 20, 25):
            expect(results).to_have_count(number)
            if number < 25:
                page.get_by_role("button", name="Show more").click()
                expect(results.nth(number).get_by_role("link")).to_be_focused()
        expect(page.get_by_role("button", name="Show more")).to_have_count(0)
        expect(page.get_by_role("status")).to_have_text("25 posts")


@needs_chromium
def test_an_answer_that_comes_late_is_dropped(reader: Reader) -> None:
    with reader.opens() as page:
        held = hold(page, r"q=pruning&")
        with page.expect_request("**/search.json?q=pruning&*"):
            look_for(page, "pruning")
        look_for(page, "drones")
        expect(page.get_by_role("status")).to_have_text("1 post")
        for route in held:
            route.continue_()
        page.wait_for_timeout(200)
        expect(page.get_by_role("status")).to_have_text("1 post")


@needs_chromium
def test_it_works_under_a_strict_policy_of_the_blog(reader: Reader) -> None:
    policy = f"default-src 'none'; script-src {reader.archive}; connect-src {reader.archive}"
    with reader.opens(policy=policy) as page:
        look_for(page, "drones")
        expect(page.locator("blog-search mark").first).to_have_text("Drones")
        expect(page.get_by_role("button", name="Search")).to_have_css("background-color", "rgb(31, 95, 139)")


@needs_chromium
def test_hostile_posts_are_text_and_their_links_lead_to_the_archive(reader: Reader) -> None:
    with reader.opens() as page:
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        look_for(page, "evil")
        title = page.get_by_role("link", name="<script>alert('title')</script> evil")
        expect(title).to_have_attribute("href", re.compile(rf"^{reader.archive}/posts/eeeeeeeeeee2/"))
        expect(page.get_by_role("link", name="Comment by <b>Eve</b>")).to_be_visible()
        expect(page.locator("blog-search :is(script, b, i, svg, img)")).to_have_count(0)


@needs_chromium
def test_attributes_say_what_is_found_and_where_links_lead(reader: Reader) -> None:
    box = '<blog-search author="Ann Ames" links="archive" size="3" target="_blank"></blog-search>'
    with reader.opens(box) as page:
        look_for(page, "pruning")
        expect(page.get_by_role("status")).to_have_text("13 posts")
        expect(page.locator("blog-search ol > li")).to_have_count(3)
        title = page.locator("blog-search ol a").first
        expect(title).to_have_attribute("href", re.compile(rf"^{reader.archive}/posts/"))
        expect(title).to_have_attribute("target", "_blank")


@needs_chromium
def test_without_an_element_the_box_stands_where_the_script_does(reader: Reader) -> None:
    with reader.opens("<p>Before</p>", data='data-size="2" data-placeholder="What?"') as page:
        expect(page.get_by_role("searchbox")).to_have_attribute("placeholder", "What?")
        look_for(page, "pruning")
        expect(page.locator("script + blog-search ol > li")).to_have_count(2)


@needs_chromium
def test_nothing_found_and_what_cannot_be_searched_for_are_told(reader: Reader) -> None:
    with reader.opens('<blog-search size="1000"></blog-search>', expected="status of 400") as page:
        look_for(page, "drones")
        expect(page.get_by_role("status")).to_contain_text("1 to 100")
        page.locator("blog-search").evaluate("box => box.removeAttribute('size')")
        look_for(page, "zeppelins")
        expect(page.get_by_role("status")).to_have_text("Nothing was found. Try fewer words, or others.")


@needs_chromium
def test_an_archive_that_this_site_may_not_ask_is_told_and_linked(
    browser: Browser, blog: AnotherSite, site: str
) -> None:
    with Reader(browser, blog, site).opens(expected="CORS policy|ERR_FAILED") as page:
        look_for(page, "drones")
        expect(page.get_by_role("status")).to_have_text(UNREACHABLE)
        link = page.get_by_role("link", name="Continue in the archive")
        expect(link).to_have_attribute("href", f"{site}/search?q=drones")


@needs_chromium
def test_an_archive_that_is_down_is_told(reader: Reader) -> None:
    with reader.opens(expected="ERR_FAILED") as page:
        page.route("**/search.json?*", lambda route: route.abort())
        look_for(page, "drones")
        expect(page.get_by_role("status")).to_have_text(UNREACHABLE)


@needs_chromium
def test_axe_finds_no_violation(reader: Reader) -> None:
    with reader.opens() as page:
        look_for(page, "drones")
        expect(page.get_by_role("status")).to_have_text("1 post")
        page.evaluate(AXE)
        for screen in SCREENS:
            assert violations(page, screen) == []


@needs_chromium
def test_the_page_of_the_docs_shows_it_working(
    browser: Browser, blog: AnotherSite, archive_address: str
) -> None:
    html = (DOCS / "embedding.html").read_text(encoding="utf-8")
    assert ADDRESS_IN_DOCS in html
    blog.pages["/docs"] = BlogPage(html.replace(ADDRESS_IN_DOCS, archive_address))
    blog.pages["/favicon.ico"] = BlogPage("")
    with visit(browser, f"{blog.origin}/docs") as page:
        page.locator("#plain input").fill("pruning")
        expect(page.locator("#plain").get_by_role("status")).to_have_text("25 posts")
        page.locator("#styled input").fill("pruning")
        expect(page.locator("#styled ol > li")).to_have_count(3)


def test_every_language_of_the_catalogue_is_spoken() -> None:
    said = embedding().content.decode().rpartition("})(")[2]
    for name in Languages(TRANSLATIONS).names:
        assert f'"{name}":' in said


def test_the_script_is_small_and_makes_no_markup() -> None:
    source = SOURCE.read_text(encoding="utf-8")
    assert len(source) < 10_000
    assert not re.search("innerHTML|outerHTML|insertAdjacent|document.write|eval", source)


def first_cells(heading: str) -> list[str]:
    """What is named in the first column of the table in a section of the docs."""
    section = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


def test_all_attributes_are_documented() -> None:
    source = SOURCE.read_text(encoding="utf-8")
    filters = re.findall(r'"(\w+)"', source.split("FILTERS = [")[1].split("]")[0])
    read = set(re.findall(r'getAttribute\("(\w+)"\)', source))
    assert {*read, *filters, "lang"} == set(first_cells("Where it stands, and what it looks through"))


def test_all_variables_and_parts_are_documented() -> None:
    source = SOURCE.read_text(encoding="utf-8")
    variables = set(re.findall(r"--blog-search-[a-z-]+", source))
    assert variables == set(first_cells("How it looks"))
    parts = set(re.findall(r'part: "([a-z]+)"', source))
    listed = TEXT.split("They are ")[1].split(".")[0]
    assert parts == set(re.findall(r"`(\w+)`", listed))


def test_all_that_a_reader_is_told_is_documented() -> None:
    for text in (UNREACHABLE, "The archive cannot answer now. Try again in a minute."):
        assert text in TEXT
        assert text in embedding().content.decode()
