"""Fixtures for whatever reads sources."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.indexer.fetching.faulty_server import FaultyServer


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    """A web server on this machine, with no answers yet."""
    with FaultyServer() as running:
        yield running
