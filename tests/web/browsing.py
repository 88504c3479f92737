"""A page in Chromium that nothing may be complained about in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, Response, Route, expect

from tests.web.chromium import CHROMIUM

PATIENCE = 15_000
"""Milliseconds until something that should be on the page is missed."""

expect.set_options(timeout=PATIENCE)

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Chromium: install it, or name its executable in CHROMIUM"
)


@contextmanager
def visit(browser: Browser, address: str, *, expected: str = "", **options: Any) -> Iterator[Page]:
    """A page at this address, in a context with these options; paths it goes to are of the same site.

    Whatever its console says, and every request that fails, fails the test at the end; with a pattern of what
    is `expected` of them, anything else does, or nothing.
    """
    with browser.new_context(base_url=address, **options) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        complaints = _complaints(page)
        page.goto(address)
        yield page
        told = tuple(complaints)  # what is still being loaded when the page closes may complain of that
    if expected:
        assert told
    found = [text for text in told if not (expected and re.search(expected, text))]
    assert found == [], found


def _complaints(page: Page) -> list[str]:
    """What this page's console says from now on, and its requests that fail; none was, if it was given up."""
    told: list[str] = []

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            told.append(f"{request.failure}: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            told.append(f"status of {response.status}: {response.url}")

    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("requestfailed", failed)
    page.on("response", answered)
    return told


def hold(page: Page, addresses: str) -> list[Route]:
    """What is asked for at these addresses from now on, which waits until the test lets it go."""
    held: list[Route] = []

    def wait(route: Route) -> None:
        held.append(route)

    page.route(re.compile(addresses), wait)
    return held
