"""A browser that visits the pages of sites without a server: their applications answer in this process."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Page, Response, Route

from tests.web.pages import PageCase

PATIENCE = 15_000
"""Milliseconds until a page that does not come is missed."""


class Visitor:
    """Goes to pages in a browser's page. Whatever is asked of another host fails."""

    def __init__(self, page: Page, sites: Mapping[str, Flask]) -> None:
        self.page = page
        self._sites = sites
        self._method = "GET"
        page.set_default_timeout(PATIENCE)
        page.route("**/*", self._answer)

    def visit(self, case: PageCase) -> Response:
        """Go to the page."""
        self._method = case.method
        response = self.page.goto(f"http://{case.site}.example{case.path}")
        assert response is not None
        assert response.status == case.status
        return response

    def _answer(self, route: Route) -> None:
        asked = route.request
        address = urlsplit(asked.url)
        site = self._sites.get((address.hostname or "").removesuffix(".example"))
        if site is None:
            route.abort()
            return
        with site.test_client().open(
            path=address.path,
            query_string=address.query,
            method=self._method if asked.is_navigation_request() else asked.method,
            headers=[(name, value) for name, value in asked.headers.items() if name.startswith("accept")],
        ) as response:
            route.fulfill(status=response.status_code, headers=dict(response.headers), body=response.data)
