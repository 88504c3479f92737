"""Lists of feeds that lie here as files; those at addresses are fetched as any other."""

from __future__ import annotations

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
