"""What most tests of fetching need: a fetcher that may ask this machine, and an internet of it."""

from __future__ import annotations

import pytest

from indexer.fetching import Fetcher, FetchPolicy
from tests.indexer.fetching.internet import Internet


@pytest.fixture
def fetcher() -> Fetcher:
    """Allowed to ask this machine, without pauses."""
    return Fetcher(FetchPolicy(private=True, delay=0))


@pytest.fixture
def internet() -> Internet:
    """Where `blog.example` is a public address, behind which are the servers of a test."""
    return Internet()
