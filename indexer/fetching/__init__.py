"""Fetching a web address safely and politely: see `Fetcher`."""

from indexer.fetching.fetched import Conditions, Fetched
from indexer.fetching.fetcher import Fetcher
from indexer.fetching.policy import FetchPolicy
from search.errors import AddressRefused, FetchFailed

__all__ = ["AddressRefused", "Conditions", "FetchFailed", "FetchPolicy", "Fetched", "Fetcher"]
