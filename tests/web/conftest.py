"""A served archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.archive import Archive
from tests.web.blog import build
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


@pytest.fixture
def client(data: Path, archive: Archive) -> FlaskClient:
    """A client of the site, which knows no base URL."""
    return create_app(Settings(data, title="Ledgers & Gardens"), archive).test_client()


@pytest.fixture
def page(client: FlaskClient) -> Page:
    """Fetches a page that answers 200, parsed."""

    def fetch(path: str) -> LexborHTMLParser:
        response = client.get(path)
        assert response.status_code == 200, response.text
        return LexborHTMLParser(response.text)

    return fetch
