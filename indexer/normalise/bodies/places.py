"""Where in a regular document one can be, and where each tag leads from there: HTML's rules as a map.

A place is a row of open elements. A tag that closes the last of them leads back, one that may stand there
leads on, and any other is `Irregular`: HTML has a parser close, open or move something for it. The map is
drawn as documents are read, so that to follow a tag is to look it up.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

_DEEPEST = 30  # elements, so few that no guard against nesting has to look
_MOST_PLACES = 20_000  # kept: a real archive has some hundreds


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_INLINE = _words(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark o:p q s samp small span"
    " strike strong sub sup time tt u var"
)
_HEADINGS = _words("h1 h2 h3 h4 h5 h6")
_BLOCKS = _HEADINGS | _words(  # these close a paragraph
    "address article aside blockquote center div dl figcaption figure footer header main ol p pre section"
    " table ul"
)
_EMPTY = _words("br img wbr")
_PARENTS = {
    "li": _words("ul ol"),
    "dt": _words("dl"),
    "dd": _words("dl"),
    "thead": _words("table"),
    "tbody": _words("table"),
    "tfoot": _words("table"),
    "tr": _words("thead tbody tfoot"),
    "td": _words("tr"),
    "th": _words("tr"),
}
"""Those that stand only in certain others."""
_NO_TEXT = _words("table thead tbody tfoot tr")  # in which a parser would move it to before the table
_ELEMENTS = _INLINE | _BLOCKS | _EMPTY | _PARENTS.keys() | {"hr"}


class Irregular(Exception):
    """Something of which only a parser can tell what it means."""


def is_known(name: str) -> bool:
    """Whether an element may be in a regular document."""
    return name in _ELEMENTS


def is_part_of_table(name: str) -> bool:
    """Whether an element is nothing outside of a table."""
    return name in _PARENTS and name not in ("li", "dt", "dd")


class Place(dict[str, "Place"]):
    """The places that tags lead to from here, by `p` or `/p`, and `!--` for a comment; else `Irregular`."""

    __slots__ = ("_depth", "_in_link", "_in_paragraph", "_name", "_parent", "holds_no_text")

    def __init__(self, name: str = "", parent: Place | None = None) -> None:
        super().__init__()
        self._name = name
        self._parent = parent
        self._depth: int = parent._depth + 1 if parent is not None else 0
        self._in_link: bool = name == "a" or (parent is not None and parent._in_link)
        self._in_paragraph: bool = name == "p" or (parent is not None and parent._in_paragraph)
        self.holds_no_text = name in _NO_TEXT

    def __missing__(self, tag: str) -> Place:
        place = self._after(tag)
        if next(_drawn) % _MOST_PLACES == 0:
            OUTSIDE.clear()  # and begin the map anew
        self[tag] = place
        return place

    @property
    def still_open(self) -> Iterator[str]:
        """The names of the open elements, the innermost first."""
        place: Place = self
        while place._parent is not None:
            yield place._name
            place = place._parent

    def _after(self, tag: str) -> Place:
        if tag == "!--":
            return self
        if tag.startswith("/"):
            if self._parent is not None and tag == f"/{self._name}":
                return self._parent
            raise Irregular
        if self._is_out_of_place(tag) or self._depth >= _DEEPEST:
            raise Irregular
        return self if tag in _EMPTY or tag == "hr" else Place(tag, self)

    def _is_out_of_place(self, tag: str) -> bool:
        if parents := _PARENTS.get(tag):
            return self._name not in parents
        if self.holds_no_text:
            return True
        if tag in _BLOCKS or tag == "hr":
            return self._in_paragraph or (tag in _HEADINGS and self._name in _HEADINGS)
        return tag == "a" and self._in_link


OUTSIDE = Place()
"""Where every document begins."""
_drawn = count(1)
