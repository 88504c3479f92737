"""HTML that would keep a parser busy for minutes, made harmless before one sees it.

HTML's rules make a parser walk up all open elements at most tags, and compare each attribute with all
others of its tag: 100,000 nested `<div>` take it 20 seconds. Such a document is rewritten here, in one
pass, to one that nests little: its text stays, tags beyond the limit go, and what is not plainly a tag
is made plain or text, so that the parser cannot see other tags than were counted.
"""

from __future__ import annotations

import re
from collections import Counter

DEEPEST = 200
"""How deep elements may nest where a document is rewritten."""

_MOST_FORMATTING = 10  # bold in italics in a font …: a parser opens all of them anew in each paragraph
_FEW = 1_000  # tags a parser takes no time over, however they nest
_SOME = 3_000  # tags it takes 20 milliseconds over, unless formatting ones are opened anew in paragraphs
_SHORT = 4_000  # characters from a tag to the next that cannot hold too many attributes

_COMMENT_ENDS = re.compile(r"--!?>")
_TAG = re.compile(  # to be matched after a `<`; it never looks past the next one, so all of it is linear
    r"""(/?+)([a-z][a-z0-9:-]*+)"""
    r"""(?:[\s/]++[^\s"'<>/=]++(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>=`]++))?+){0,100}+[\s/]*+>""",
    re.IGNORECASE,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SLOPPY_TAG = re.compile(r"(/?+)([a-z][a-z0-9:-]*+)[^<>]*+>", re.IGNORECASE)
_NEVER_DEEP = _words(  # no content, or closed by the next of their kind
    "area base br col embed hr img input link meta source track wbr"
    " p li dt dd td th tr thead tbody tfoot option"
)
_FORMATTING = _words("a b big code em font i nobr s small strike strong tt u")
_FORMATTING_TAG = re.compile(  # by first letters, which takes an eighth of the time
    r"<(?=[bcefinstu])(?:b(?:ig)?|code|em|font|i|nobr|s(?:mall|trike|trong)?|tt|u)[\s/]", re.IGNORECASE
)
_NO_MARKUP = frozenset(
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"]
)


def shallow(html: str) -> str:
    """The same document, nested at most `DEEPEST` deep where it has tags enough to nest dangerously."""
    pieces = html.split("<")
    if _harmless(html, pieces) and len(max(pieces, key=len)) <= _SHORT:
        return html
    first, *pieces = _without_comments(html).split("<")
    kept = [first]
    elements = _OpenElements()
    inside = ""  # the name of a script or the like that is being left out
    for piece, tag in map(_plain, pieces):
        closing, name = (bool(tag[1]), tag[2].lower()) if tag else (False, "")
        rest = piece[tag.end() :] if tag else "&lt;" + piece
        if inside:
            if closing and name == inside:
                inside = ""
                kept.append(rest)
        elif piece[:1] in ("!", "?") and ">" in piece:  # a document type, or what Word writes: no text
            kept.append(piece.partition(">")[2])
        elif name in _NO_MARKUP:
            inside = "" if closing else name
        elif tag and (elements.close(name) if closing else elements.open(name)):
            kept.append("<" + piece)
        else:
            kept.append(rest)
    return "".join(kept)


def _harmless(html: str, pieces: list[str]) -> bool:
    """Whether the tags are too few to keep a parser busy, however they nest."""
    if len(pieces) > _SOME:
        return False
    # At worst each paragraph opens all formatting tags before it, of those without attributes only three.
    return len(pieces) <= _FEW or len(pieces) * len(_FORMATTING_TAG.findall(html)) <= _FEW * _FEW // 4


def _plain(piece: str) -> tuple[str, re.Match[str] | None]:
    """What follows a `<`, the attributes dropped of a tag that is not well-formed, and the tag."""
    tag = _TAG.match(piece)
    if not tag and (sloppy := _SLOPPY_TAG.match(piece)):
        piece = f"{sloppy[1]}{sloppy[2]}>{piece[sloppy.end() :]}"
        tag = _TAG.match(piece)
    return piece, tag


class _OpenElements:
    """Which elements are open, by name: at least those that are open to a parser."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._depth = 0
        self._formatting = 0

    def open(self, name: str) -> bool:
        """Whether there is room for one more, which then counts."""
        if name in _NEVER_DEEP:
            return True
        if self._depth >= DEEPEST or (name in _FORMATTING and self._formatting >= _MOST_FORMATTING):
            return False
        self._count(name, 1)
        return True

    def close(self, name: str) -> bool:
        """Whether there is one to close."""
        if name in _NEVER_DEEP:
            return True
        if not self._open[name]:
            return False
        self._count(name, -1)
        return True

    def _count(self, name: str, step: int) -> None:
        self._open[name] += step
        self._depth += step
        self._formatting += step if name in _FORMATTING else 0


def _without_comments(html: str) -> str:
    kept = []
    place = 0
    while (start := html.find("<!--", place)) >= 0:
        kept.append(html[place:start])
        end = _COMMENT_ENDS.search(html, start + 4)
        if not end:
            return "".join(kept)
        place = end.end()
    return "".join([*kept, html[place:]])
