"""What most tests of fetching need: a fetcher that may ask this machine, and an internet of it."""

from __future__ import annotations

import ssl

import pytest

from indexer.fetching import Fetcher, FetchPolicy
from indexer.fetching.transport import trusting_authorities
from tests.indexer.fetching.internet import Internet


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    """Whom everybody trusts; read once, for it takes a while."""
    return trusting_authorities()


@pytest.fixture
def fetcher(tls: ssl.SSLContext) -> Fetcher:
    """Allowed to ask this machine, without pauses."""
    return Fetcher(FetchPolicy(private=True, delay=0), tls=tls)


@pytest.fixture
def internet(tls: ssl.SSLContext) -> Internet:
    """Where `blog.example` is a public address, behind which are the servers of a test."""
    return Internet(tls)
