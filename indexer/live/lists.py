"""Lists of feeds: files here, or documents that were fetched."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from indexer.formats import opml
from indexer.source import Source
from search.errors import SourceRefused


def feeds_listed(source: Source) -> tuple[str, ...]:
    """The addresses of the feeds in an OPML list; none of what is no such list, or cannot be read."""
    with suppress(SourceRefused):
        if opml.sniff(source):
            return tuple(link.address for link in opml.feeds_in(source))
    return ()


def feeds_listed_in(location: str) -> tuple[str, ...]:
    """The same of a file; folders and archives are not searched for lists."""
    path = Path(location)
    with suppress(OSError):
        if path.is_file():
            return feeds_listed(Source(path.name, lambda: path.open("rb")))
    return ()


def listing(addresses: Iterable[str]) -> str:
    """What a list holds, as the archive remembers it."""
    return json.dumps(list(addresses))


def vanished(told: str, addresses: Iterable[str]) -> tuple[str, ...]:
    """What a list held when it was remembered as `told`, and does not hold any more."""
    try:
        before = json.loads(told)
    except ValueError:
        return ()
    now = set(addresses)
    return tuple(address for address in before if isinstance(address, str) and address not in now)
