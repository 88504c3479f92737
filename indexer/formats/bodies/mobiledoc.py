"""Mobiledoc 0.3 (https://github.com/bustle/mobiledoc-kit), in which Ghost 1 to 4 kept posts, as HTML.

    {"version": "0.3.1",
     "markups": [["strong"], ["a", ["href", "https://…"]]],
     "atoms": [["soft-return", "", {}]],
     "cards": [["image", {"src": …, "caption": …}]],
     "sections": [[1, "p", [[0, [0], 1, "bold"], [1, [], 0, 0], [0, [], 0, "plain"]]],
                  [2, "https://…/picture.png"], [3, "ul", [[[0, [], 0, "an item"]]]], [10, 0]]}

A section is text (1), a picture (2), a list (3) or a card (10). A marker is text (0) or an atom (1): it opens
markups by their numbers, closes as many of the last, and says what stands in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from itertools import pairwise
from typing import TypeVar

from indexer.formats.bodies.ghost_cards import card_html, picture_html
from indexer.formats.reading.json_list import Json, load, text_of
from indexer.formats.reading.text import whole_characters
from indexer.normalise.bodies.html import LONGEST

_MARKUPS = frozenset(["a", "b", "code", "em", "i", "mark", "s", "strong", "sub", "sup", "u"])
_SECTIONS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside"])
_LISTS = frozenset(["ul", "ol"])

_Item = TypeVar("_Item")


def mobiledoc_html(text: str, unknown: Callable[[str], None]) -> str:
    """The document as HTML that is not safe yet, at most 10 million characters and one section of it.

    Tells `unknown` which cards it left out. Raises `NotJson` where the text is no JSON; what is not as it
    should be shows as much as it has.
    """
    document = load(text)
    return _Document(document if isinstance(document, dict) else {}, unknown).html()


class _Document:
    """A document whose sections refer to its cards, atoms and markups by number, as often as they like."""

    def __init__(self, fields: dict[str, Json], unknown: Callable[[str], None]) -> None:
        self._sections = _list(fields.get("sections"))
        self._markups = [_Markup(markup) for markup in _list(fields.get("markups"))]
        self._atoms = [_atom(atom) for atom in _list(fields.get("atoms"))]
        self._cards = [_card(card, unknown) for card in _list(fields.get("cards"))]
        self._left = LONGEST  # a megabyte that is referred to a million times is no post

    def html(self) -> str:
        return "".join(self._bounded(map(self._section, self._sections)))

    def _bounded(self, pieces: Iterator[str]) -> Iterator[str]:
        while self._left > 0 and (piece := next(pieces, None)) is not None:
            self._left -= len(piece)
            yield piece

    def _section(self, section: Json) -> str:
        match section:
            case ["1", str(tag), list(markers), *_]:
                tag = tag.lower() if tag.lower() in _SECTIONS else "p"
                return f"<{tag}>{self._text(markers)}</{tag}>"
            case ["2", str(address), *_]:
                return picture_html(address, "", "")
            case ["3", str(tag), list(items), *_]:
                tag = tag.lower() if tag.lower() in _LISTS else "ul"
                return f"<{tag}>{''.join(f'<li>{self._text(_list(item))}</li>' for item in items)}</{tag}>"
            case ["10", str(number), *_]:
                return _at(self._cards, number, "")
        return ""

    def _text(self, markers: list[Json]) -> str:
        opened: list[_Markup] = []
        pieces = list(self._bounded(self._marker(marker, opened) for marker in markers))
        return "".join([*pieces, *(markup.end for markup in reversed(opened))])

    def _marker(self, marker: Json, opened: list[_Markup]) -> str:
        match marker:
            case [str(kind), list(opens), str(closes), str(value), *_]:
                new = [_at(self._markups, text_of(number), _Markup(None)) for number in opens]
                opened += new
                text = (
                    _at(self._atoms, value, "")
                    if kind == "1"
                    else escape(whole_characters(value), quote=False)
                )
                count = min(int(closes), len(opened)) if closes.isdecimal() else 0
                closed = [opened.pop().end for _ in range(count)]
                return "".join([*(markup.start for markup in new), text, *closed])
        return ""


class _Markup:
    """Bold, a link or the like: its start and end tags, empty for what is none of these."""

    def __init__(self, markup: Json) -> None:
        self.start = self.end = ""
        match markup:
            case [str(tag), *rest] if tag.lower() in _MARKUPS:
                attributes = _list(rest[0]) if rest else []
                address = next((text_of(value) for name, value in pairwise(attributes) if name == "href"), "")
                self.start = f'<a href="{escape(address)}">' if tag.lower() == "a" else f"<{tag.lower()}>"
                self.end = f"</{tag.lower()}>"


def _atom(atom: Json) -> str:
    match atom:
        case ["soft-return", *_]:
            return "<br>"
        case [str(), str(text), *_]:
            return escape(whole_characters(text), quote=False)
    return ""


def _card(card: Json, unknown: Callable[[str], None]) -> str:
    match card:
        case [str(name), *values]:
            html = card_html(name, values[0] if values and isinstance(values[0], dict) else {})
            if html is None:
                unknown(name)
            return html or ""
    return ""


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _at(items: list[_Item], number: str, default: _Item) -> _Item:
    place = int(number) if number.isdecimal() and len(number) < 9 else len(items)
    return items[place] if place < len(items) else default
