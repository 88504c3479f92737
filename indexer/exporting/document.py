"""The export as a document: lines that together are one JSON Feed, each of the long lists one item a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from indexer.exporting import shape
from indexer.exporting.names import ABOUT, EXTENSION, LAYOUT, MORE, VERSION
from indexer.exporting.shape import Json
from search.store.snapshot import Snapshot

Progress = Callable[[int, int], None]
"""Called with how many posts were written so far, and of how many."""


def lines(snapshot: Snapshot, progress: Progress) -> Iterator[str]:
    """The whole document, which depends on the contents alone: the same archive gives the same lines."""
    total = snapshot.count_posts()
    yield "{"
    yield f'"version":{_json(VERSION)},'
    yield f'"title":{_json(_title(snapshot))},'
    about = {"about": ABOUT, "layout": LAYOUT, "posts": total, "comments": snapshot.count_replies()}
    yield f'"{EXTENSION}":{_json(about)[:-1]},'
    yield from _list("sources", map(shape.source, snapshot.sources()), ",")
    yield from _list("feeds", map(shape.feed, snapshot.feeds()), "},")
    yield from _list("items", _counted(map(shape.item, snapshot.posts()), total, progress), ",")
    yield f'"{MORE}":{{"about":{_json(ABOUT)},'
    yield from _list("versions", map(shape.version, snapshot.versions()), ",")
    yield from _list("comments", map(shape.reply, snapshot.replies()), "}")
    yield "}"


def _title(snapshot: Snapshot) -> str:
    blogs = snapshot.blogs()
    return blogs[0] if len(blogs) == 1 and blogs[0] else f"An archive of {len(blogs):,} blogs"


def _list(name: str, values: Iterable[Json], end: str) -> Iterator[str]:
    """A list, each of its values on a line of its own."""
    yield f'"{name}":['
    before = ""
    for value in values:
        if before:
            yield f"{before},"
        before = _json(value)
    if before:
        yield before
    yield f"]{end}"


def _counted(items: Iterable[Json], total: int, progress: Progress) -> Iterator[Json]:
    for done, value in enumerate(items, 1):
        yield value
        progress(done, total)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
