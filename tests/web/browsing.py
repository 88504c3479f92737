"""A page in Chromium that nothing may be complained about in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.web.chromium import CHROMIUM

PATIENCE = 15_000
"""Milliseconds until something that should be on the page is missed."""

expect.set_options(timeout=PATIENCE)

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Chromium: install it, or name its executable in CHROMIUM"
)


@contextmanager
def visit(browser: Browser, address: str, *, expected: str = "", **options: Any) -> Iterator[Page]:
    """A page at this address, in a context with these options.

    Whatever its console says fails the test at the end; with a pattern of what is `expected` there, anything
    else does, or nothing.
    """
    with browser.new_context(**options) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        yield page
        told = tuple(complaints)  # what is still being loaded when the page closes may complain of that
    if expected:
        assert told
    assert [text for text in told if not (expected and re.search(expected, text))] == []


def hold(page: Page, addresses: str) -> list[Route]:
    """What is asked for at these addresses from now on, which waits until the test lets it go."""
    held: list[Route] = []

    def wait(route: Route) -> None:
        held.append(route)

    page.route(re.compile(addresses), wait)
    return held
