"""Whose names and which tags WordPress' numbers mean, from lists of users and terms beside the posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import PurePosixPath

from indexer.formats.reading.json_list import Json, NotJson, load_items, text_of
from indexer.neighbours import Neighbours
from indexer.source import Source

_LIST = re.compile(r"(?:user|author|categor|tag|term|taxonom)[\w. -]*\.json$", re.IGNORECASE)
_MOST_LISTS = 1_000


@dataclass(slots=True)
class Names:
    """The names of one blog's users and terms, by their numbers; unknown ones are empty."""

    users: dict[str, str] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)

    def user(self, number: str) -> str:
        """The name of a user."""
        return self.users.get(number, "")

    def term(self, number: str) -> str:
        """The name of a category or tag."""
        return self.terms.get(number, "")


def names_beside(source: Source) -> Names:
    """The names that the lists in the folder of the source give, read once for all files."""
    if source.neighbours is None:
        return Names()
    by_folder = source.neighbours.once(_by_folder)
    return by_folder.get(str(PurePosixPath(source.path).parent), Names())


def _by_folder(neighbours: Neighbours) -> dict[str, Names]:
    found: dict[str, Names] = {}
    lists = [path for path in neighbours.names() if _LIST.search(PurePosixPath(path).name)]
    for path in lists[:_MOST_LISTS]:
        names = found.setdefault(str(PurePosixPath(path).parent), Names())
        for item in _items(neighbours.read(path) or b""):
            table = names.terms if "taxonomy" in item else names.users
            table.setdefault(text_of(item.get("id")), unescape(text_of(item.get("name"))))
    return found


def _items(content: bytes) -> Iterator[dict[str, Json]]:
    try:
        found = load_items(content.decode("utf-8-sig", "replace"))
    except NotJson:
        return
    yield from (item for item in found.items or () if isinstance(item, dict))
