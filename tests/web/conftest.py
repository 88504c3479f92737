"""A served archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from selectolax.lexbor import LexborHTMLParser

from search.archive import Archive
from tests.web import pages
from tests.web.blog import build
from tests.web.chromium import CHROMIUM, QUIET
from tests.web.serving import serving
from web.app import create_app
from web.settings import Settings

Page = Callable[[str], LexborHTMLParser]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the archive of `tests.web.blog`."""
    folder = tmp_path_factory.mktemp("archive")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def archive(data: Path) -> Iterator[Archive]:
    """The archive, open."""
    with Archive.open(data) as opened:
        yield opened


@pytest.fixture(scope="session")
def app(data: Path, archive: Archive) -> Flask:
    """The site, which knows no base URL. Making one and its templates takes ten times as long as a page."""
    return create_app(Settings(data, title="Ledgers & Gardens"), archive)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the site."""
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Page:
    """Fetches a page that answers 200, parsed."""

    def fetch(path: str) -> LexborHTMLParser:
        response = client.get(path)
        assert response.status_code == 200, response.text
        return LexborHTMLParser(response.text)

    return fetch


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Flask]]:
    """The sites that have the pages of `tests.web.pages`."""
    with pages.sites(tmp_path_factory.mktemp("sites")) as made:
        yield made


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that has every kind of post, served by a process of its own."""
    data = tmp_path_factory.mktemp("site")
    pages.build_all(data)
    with serving(data) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests; one that uses it is skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: install it, or name its executable in CHROMIUM")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()
