"""The engines that the contract is run on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from search.engine import Change, Engine
from search.engines.whoosh.engine import WhooshEngine
from search.model import PostWithComments

Factory = Callable[[Path], AbstractContextManager[Engine]]
"""Opens a new, empty engine that may keep its files in a folder."""


@contextmanager
def _whoosh(folder: Path) -> Iterator[Engine]:
    with WhooshEngine(folder / "index") as engine:
        yield engine


ENGINES: dict[str, Factory] = {"whoosh": _whoosh}
"""Every engine, by name."""


def changes(posts: list[PostWithComments]) -> list[Change]:
    """What adds the posts."""
    return [Change(content.post.id, content) for content in posts]
