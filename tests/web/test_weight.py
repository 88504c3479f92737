"""What a first visit costs, in bytes as a browser gets them of `blogsearch serve`, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

KB = 1_000

SEARCH = "/search?q=roses"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A page of a browser that was never here before."""
    with browser.new_context(base_url=site, java_script_enabled=request.param) as context:
        yield context.new_page()


def visited(page: Page, path: str) -> list[Response]:
    """Everything that comes when a page is opened."""
    responses: list[Response] = []

    def note(response: Response) -> None:
        responses.append(response)

    page.on("response", note)
    page.goto(path, wait_until="networkidle")
    return responses


def of_kind(kind: str, responses: list[Response]) -> list[bytes]:
    return [response.body() for response in responses if response.request.resource_type == kind]


@pytest.mark.parametrize("path", ["/", SEARCH, "/posts/aaaaaaaaaaa2/drones-over-the-harbour?q=drones"])
def test_a_first_visit_takes_less_than_60_kb_even_uncompressed(page: Page, path: str) -> None:
    responses = visited(page, path)
    sent = sum(response.request.sizes()["responseBodySize"] for response in responses)
    headers = sum(response.request.sizes()["responseHeadersSize"] for response in responses)
    assert len(of_kind("stylesheet", responses)) == 1
    assert 0 < sent + headers < 60 * KB
    assert sum(len(response.body()) for response in responses) < 60 * KB


def test_the_stylesheet_is_under_20_kb_and_the_script_under_10(page: Page) -> None:
    responses = visited(page, SEARCH)
    (stylesheet,), scripts = of_kind("stylesheet", responses), of_kind("script", responses)
    assert len(stylesheet) < 20 * KB
    assert sum(map(len, scripts)) < 10 * KB


def test_the_first_result_is_painted_before_any_script_has_come(browser: Browser, site: str) -> None:
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        page.route("**/*.js*", lambda route: None)  # it never comes
        page.goto(SEARCH, wait_until="commit")
        first = page.locator(".result").first
        expect(first.get_by_role("link").first).to_be_visible()
        expect(first).to_be_in_viewport()


def test_everything_fetched_is_of_this_site(page: Page, site: str) -> None:
    assert [r.url for r in visited(page, SEARCH) if not r.url.startswith(f"{site}/")] == []
