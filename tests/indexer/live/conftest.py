"""What tests of live sources need: a server on this machine, and an archive that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.indexer.fetching.faulty_server import FaultyServer
from tests.indexer.live.archive import LiveArchive


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    """A server that is told what to answer."""
    with FaultyServer() as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> LiveArchive:
    """An archive that may ask this machine, without pauses."""
    return LiveArchive(tmp_path / "data")
