"""Reading the fields of front matter by any of the names that site generators give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from indexer.formats.reading.text import whole_characters

_INNER_TABLES = ("extra", "params", "taxonomies")  # Zola's and Hugo's; the front matter itself wins

_SUFFIX = r"(?:Jr|Sr|Ph\.?\s?D|M\.?D|Esq|I{2,3})\b"  # no names of their own
_BETWEEN_NAMES = re.compile(rf"\s*(?:;|,(?!\s*{_SUFFIX})(?:\s*(?:and|&)\s)?|\s(?:and|&)\s)\s*")
_ADDRESS = re.compile(r"\s?[<(][^<>()@\s]*@[^<>()\s]*[>)]")


class Metadata:
    """The fields of one file's front matter. Names are in lower case; values may be of any shape."""

    def __init__(self, fields: dict[str, object]) -> None:
        tables = [fields, *(fields.get(name) for name in _INNER_TABLES)]
        self._tables = [table for table in tables if isinstance(table, dict)]

    def values(self, names: Iterable[str]) -> Iterator[object]:
        """What stands under each of the names, in their order."""
        for name in names:
            for table in self._tables:
                if name in table:
                    yield table[name]

    def texts(self, names: Iterable[str]) -> tuple[str, ...]:
        """All texts under the names, in their order, each once; of a list, its items."""
        found = (text_of(item) for value in self.values(names) for item in _items(value))
        return tuple(dict.fromkeys(filter(None, found)))

    def text(self, names: Iterable[str]) -> str:
        """The first text under the names, or empty."""
        return next(iter(self.texts(names)), "")

    def people(self, names: Iterable[str]) -> tuple[str, ...]:
        """The people under the first of the names that has any: a list, `{name: ...}`, or one text."""
        for value in self.values(names):
            if isinstance(value, str):
                found = _BETWEEN_NAMES.split(_ADDRESS.sub("", value))
            else:
                found = [name for item in _items(value) for name in _person(item)]
            if people := tuple(dict.fromkeys(filter(None, map(str.strip, found)))):
                return people
        return ()

    def labels(self, names: Iterable[str], *, words_apart: bool) -> tuple[str, ...]:
        """The tags under all the names: lists, or one text with commas.

        `words_apart` is whether a text without commas is a list of words, as it is for Jekyll.
        """
        labels: dict[str, None] = {}
        for value in self.values(names):
            if isinstance(value, str):
                parts = value.split() if words_apart and "," not in value else value.split(",")
            else:
                parts = [text_of(_name_of(item)) for items in _items(value) for item in _items(items)]
            labels |= dict.fromkeys(part.strip() for part in parts)
        return tuple(filter(None, labels))


def text_of(value: object) -> str:
    """A scalar as text, dates in ISO 8601; empty for lists and dicts."""
    match value:
        case str():
            return whole_characters(value).strip()
        case bool():
            return "true" if value else "false"
        case date() | datetime():
            return value.isoformat()
        case int() | float():
            return str(value)
        case _:
            return ""


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _name_of(item: object) -> object:
    return item.get("name", "") if isinstance(item, dict) else item


def _person(item: object) -> list[str]:
    """The name in one item of a list, or two where two whole names are joined: `Ada Low and Max Lee`."""
    name = _ADDRESS.sub("", text_of(_name_of(item)))
    parts = name.split(" and ")
    return parts if all(map(_is_whole_name, parts)) else [name]


def _is_whole_name(name: str) -> bool:
    words = name.split()
    return len(words) >= 2 and words[0][0].isupper() and words[-1][0].isupper()
