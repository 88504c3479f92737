"""Parts of pages by the roles and names that assistive technology knows them by."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def count(page: Page) -> Locator:
    """What says how many posts there are."""
    return page.get_by_role("main").get_by_role("status")


def facet(page: Page, name: str) -> Locator:
    """The filters of one facet."""
    return page.get_by_role("group", name=name, exact=True)


def timeline(page: Page, name: str) -> Locator:
    """The timeline that shows these years, months or days."""
    return page.get_by_role("navigation", name=name, exact=True)


def chips(page: Page) -> Locator:
    """The filters that are chosen."""
    return page.get_by_role("list", name="Chosen filters")


def titles(page: Page) -> Locator:
    """The links to the posts that were found."""
    return page.get_by_role("article").get_by_role("heading").get_by_role("link")


def steps(page: Page) -> Locator:
    """The way from a post to the results it is one of."""
    return page.get_by_role("navigation", name="Results", exact=True)
