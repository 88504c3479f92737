"""Feeds and exports in JSON: an object with one long list, read so that one bad item costs only itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.formats.reading.text import whole_characters
from indexer.record import Skipped

Json = str | bool | None | list["Json"] | dict[str, "Json"]
"""A JSON value whose numbers stay the text they were written as."""

_LONGEST_NUMBER = 1_000  # digits

# One mark of a JSON text: a whole string (also one that the end of the text cuts off) or a bracket. No
# part of it can match in two ways, so that finding all marks takes time in proportion to the text.
_MARK = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},:]', re.DOTALL)


class NotJson(Exception):
    """The text is no JSON; the message says why, in words for the user."""


@dataclass(slots=True)
class JsonList:
    """An object's own fields, and the items of the list it is about, in order."""

    fields: dict[str, Json] = field(default_factory=dict)
    items: list[Json | Skipped] | None = None


def load(text: str) -> Json:
    """Read one JSON value; raises `NotJson` for anything else, too deep nesting and absurd numbers."""
    value, end = load_first(text)
    if text[end:].strip():
        raise NotJson(f"not valid JSON: something follows it at character {end}")
    return value


def load_first(text: str) -> tuple[Json, int]:
    """Read the JSON value that the text begins with, and where it ends; raises `NotJson` as `load` does."""
    start = len(text) - len(text.lstrip())
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise NotJson(f"not valid JSON: {error}") from error
    except RecursionError as error:
        raise NotJson("JSON nested too deeply") from error
    return value, end


def _number(digits: str) -> str:
    if len(digits) > _LONGEST_NUMBER:
        raise NotJson(f"a number of {len(digits):,} digits")
    return digits


_DECODER = json.JSONDecoder(parse_int=_number, parse_float=_number, parse_constant=_number)


def load_list(text: str, list_name: str) -> JsonList:
    """Read an object with its list called `list_name`; raises `NotJson` where it is no object.

    Where the text as a whole is no JSON, every field and item is read on its own: the bad ones become
    `Skipped`, and so does what follows the place where the text is cut off.
    """
    try:
        value = load(text)
    except NotJson as error:
        if not text.lstrip().startswith("{"):
            raise
        return _salvaged(text, list_name, str(error))
    if not isinstance(value, dict):
        raise NotJson("no JSON object")
    items = value.pop(list_name, None)
    return JsonList(value, list(items) if isinstance(items, list) else None)


def load_items(text: str, *list_names: str) -> JsonList:
    """Read items, however they come: as a list, in an object under one of the names, or one by itself.

    Raises `NotJson` where the text is none of these; bad items are `Skipped` as by `load_list`.
    """
    text = text.strip()
    if text.startswith("["):
        return load_list(f'{{"items":{text}}}', "items")
    for name in list_names:
        with suppress(NotJson):
            found = load_list(text, name)
            if found.items is not None:
                return found
    value = load(text)
    if not isinstance(value, dict):
        raise NotJson("neither a list nor an object")
    return JsonList({}, [value])


def _salvaged(text: str, list_name: str, why: str) -> JsonList:
    found = JsonList()
    for part in _parts(text, list_name):
        if part.key != _ITEM:
            with suppress(NotJson):
                found.fields[part.key] = load(part.text)
            continue
        found.items = found.items if found.items is not None else []
        try:
            found.items.append(load(part.text))
        except NotJson as error:
            ends = "the file ends inside it" if part.cut_off else str(error)
            found.items.append(Skipped(f"item {len(found.items) + 1}", ends))
    if found.items is None:
        raise NotJson(why)
    return found


class _Part(NamedTuple):
    """The text of one field of the object, or of one item of its list."""

    key: str
    text: str
    cut_off: bool = False


_ITEM = ""  # the key of an item


def _parts(text: str, list_name: str) -> Iterator[_Part]:
    depth, start, key, in_list = 0, 0, "", False
    for mark in _MARK.finditer(text):
        own_level = depth == (2 if in_list else 1)
        match mark[0][0]:
            case "[" | "{":
                depth += 1
                if depth == 1 or (depth == 2 and mark[0] == "[" and key == list_name):
                    in_list = depth == 2
                    start = mark.end()
            case ":" if own_level and not in_list:
                key = text[start : mark.start()].strip().strip('"')
                start = mark.end()
            case "," | "]" | "}" as sign:
                if own_level:
                    if part := text[start : mark.start()].strip():
                        yield _Part(_ITEM if in_list else key, part)
                    start = mark.end()
                    in_list = in_list and sign == ","
                depth -= sign != ","
    if in_list and (rest := text[start:].strip()):
        yield _Part(_ITEM, rest, cut_off=True)


def text_of(value: Json) -> str:
    """The value where it is text or a number, else empty."""
    return whole_characters(value).strip() if isinstance(value, str) else ""
