"""The words of a search all over a post's page: marked, numbered in the order they are read, and counted."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from search.results import Fragments
from search.text.fragments import Highlighter
from web.presenters import markup

_IN_LINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
        *("time", "tt", "u", "var", "wbr"),
    )
)
"""Elements that begin or end in the middle of a word without cutting it in two."""

_TAG_NAME = re.compile(r"</?([a-zA-Z0-9]+)")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a match stands in a text."""

    start: int
    end: int


class Marks:
    """Marks the texts of one page, which are handed to it from top to bottom.

    Each match has a number, from 1 on; its (first) `<mark>` has the id `match-<number>`.
    """

    def __init__(self, highlighter: Highlighter) -> None:
        self._highlighter = highlighter
        self.total = 0

    def text(self, text: str, language: str, field: str = "body") -> Markup:
        """Plain text, escaped, with the words marked."""
        places = _places(self._highlighter.mark(text, language, field))
        marked = Markup("").join(self._pieces(text, 0, places))
        self.total += len(places)
        return marked

    def html(self, sanitised: str, language: str) -> Markup:
        """Sanitised HTML with the words of its text marked; all else of it stays as it is.

        A match that begins in one element and ends in another is marked in each of them.
        """
        if not self._highlighter.matches_anything:
            return Markup(sanitised)  # noqa: S704 - sanitised before it was stored
        pieces = markup.split_html(sanitised)
        texts = [_gap(piece) if n % 2 else html.unescape(piece) for n, piece in enumerate(pieces)]
        places = _places(self._highlighter.mark("".join(texts), language))
        start = upcoming = 0  # of the text, and the first place that does not end before it
        for n, text in enumerate(texts):
            end = start + len(text)
            while upcoming < len(places) and places[upcoming].end <= start:
                upcoming += 1
            # White space may stand between the rows of a table or list, where no mark may be.
            if upcoming < len(places) and places[upcoming].start < end and not (n % 2 or text.isspace()):
                pieces[n] = "".join(self._pieces(text, start, places, upcoming))
            start = end
        self.total += len(places)
        return markup.joined(pieces)

    def _pieces(self, text: str, start: int, places: Sequence[_Place], first: int = 0) -> Iterator[Markup]:
        """A text that begins at `start`, with what the places, from the `first` on, cover of it marked."""
        done = 0
        for n in range(first, len(places)):
            place = places[n]
            if place.start >= start + len(text):
                break
            begun, ended = max(place.start - start, 0), min(place.end - start, len(text))
            yield escape(text[done:begun])
            yield markup.mark(text[begun:ended], self.total + n + 1 if place.start >= start else 0)
            done = ended
        yield escape(text[done:])


def _places(fragments: Fragments) -> list[_Place]:
    found, at = [], 0
    for fragment in fragments:
        if fragment.matched:
            found.append(_Place(at, at + len(fragment.text)))
        at += len(fragment.text)
    return found


def _gap(tag: str) -> str:
    """What a tag is in the text around it: nothing, or the end of a line."""
    name = _TAG_NAME.match(tag)
    return "" if name and name[1].lower() in _IN_LINE else "\n"
