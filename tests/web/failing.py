"""Serves an archive whose disk fails while a result is read: `python -m tests.web.failing DIR`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from search.archive import Archive
from search.errors import StoreUnreadable
from search.request import MAX_RESULT_DEPTH, SearchRequest
from search.results import FoundPost, WholeResult
from web.app import create_app
from web.server.listening import address, listen
from web.server.server import Server
from web.settings import Settings

LAST = 3
"""Results that can be read."""


class Failing(Archive):
    """An archive that can be read in part."""

    def every(self, request: SearchRequest, most: int = MAX_RESULT_DEPTH) -> WholeResult:
        found = super().every(request, most)
        return replace(found, posts=_failing(found.posts))


def _failing(posts: Iterator[FoundPost]) -> Iterator[FoundPost]:
    yield from islice(posts, LAST)
    raise StoreUnreadable("the disk failed")


def main(data: Path) -> None:
    with listen("127.0.0.1", 0) as listener, Failing.open(data) as archive:
        server = Server(create_app(Settings(data), archive), listener, threads=1)
        print(address(listener), flush=True)
        server.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
