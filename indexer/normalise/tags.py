"""HTML as a parser writes it out, cut into tags and the text between, each different tag judged once.

A parser's output is regular: names in lower case, values in double quotes, `<` and `>` only around tags.
Most of its tags are the same few over and over, so looking at each different one takes no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from nh3 import Cleaner

from indexer.normalise.elements import BLOCKS, CELLS, SHOWN, VERBATIM, WITHOUT_CONTENT
from indexer.normalise.pictures import is_counter, with_address
from indexer.normalise.safety import LINK_REL, judge
from indexer.normalise.unseen import may_be_unseen

_CUT = re.compile(r"<(!--(?:[^<-]|-(?!->)|<(?!!--))*+--|[^<>]*+)>")
_REGULAR = re.compile(r'([a-z][a-z0-9:-]*+)(?: [^\s"\'<>/=]++="[^"<>]*+")*+')
_PICTURE_TEXT = re.compile(r' alt="([^"]*)"')
_WEB_LINK = re.compile(r'a href="https?://(?!\S*xn--)(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#][^"<>]*+)?"')
_LEADING_LINE_END = re.compile(r"(<pre(?: [^<>]*)?>)\n")

_CONTEXTS = {
    **dict.fromkeys(["caption", "colgroup", "tbody", "tfoot", "thead"], "<table>"),
    "col": "<table><colgroup>",
    "tr": "<table><tbody>",
    "td": "<table><tbody><tr>",
    "th": "<table><tbody><tr>",
}
"""What a tag has to follow that means nothing outside of a table."""

_LINE_END = "\f"  # white space to HTML, so rare enough in text to be the mark
_CODE, _CODE_ENDS = "\x02", "\x03"  # around text whose own line ends are seen
_CODE_TEXT = re.compile(f"{_CODE}[^{_CODE_ENDS}]*")
_MARK = re.compile(f"[{_LINE_END}{_CODE}{_CODE_ENDS}]")
_INVISIBLE = ("\u00ad", "\u2060", "\ufeff")  # would split words that a reader sees whole
_NO_SPACE = re.compile(
    "(?<![\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff])\u200b"
)  # it parts words of Thai or Khmer


class Unseen(Exception):
    """Something that no reader sees, and that has to go with all that is inside it."""


class CutMarkup:
    """What a parser wrote out of the inside of an element.

    Raises `Unseen` where something is in it that no reader sees, unless told that this is `gone`.
    """

    def __init__(self, markup: str, *, gone: bool = False) -> None:
        if "<pre" in markup:
            markup = _LEADING_LINE_END.sub(r"\1", markup)  # as every parser does
        self._markup = markup
        self._parts = _CUT.split(markup)  # a text, a tag, a text, …
        readings = _Readings(_BARE_READINGS, gone=gone)
        self._readings = [readings[tag] for tag in self._parts[1::2]]
        self._regular = "<" not in "".join(self._parts[::2])
        if not self._regular and not gone:
            raise Unseen  # a comment in a comment, a tag in an instruction

    @property
    def text(self) -> str:
        """What a reader sees: one line for each paragraph or the like, no empty ones."""
        parts = self._parts.copy()
        if any(mark in self._markup for mark in (_LINE_END, _CODE, _CODE_ENDS)):
            parts = [_MARK.sub(" ", part) for part in parts]
        parts[1::2] = self._readings
        text = "".join(parts)
        if _CODE in text:
            text = _CODE_TEXT.sub(lambda code: code[0].replace("\n", _LINE_END), text)
            text = text.replace(_CODE, _LINE_END).replace(_CODE_ENDS, _LINE_END)
        return lines(_plain(text))

    def safe(self, base: str) -> str:
        """The same without anything that is not safe to show, links resolved against `base`.

        All that comes out is text without a `<`, bare tags of elements that are shown, and tags as nh3
        wrote them. None of these elements changes how a browser reads what follows it, as `<script>` or
        `<svg>` would, so it sees the very tags that are here. Where one is in doubt nh3 reads it all.
        """
        safe = _SafeTags(_BARE_TAGS, base)
        parts = self._parts.copy()
        try:
            parts[1::2] = [safe[tag] for tag in parts[1::2]]
        except _Doubtful:
            self._regular = False
        if not self._regular:
            return judge(base).clean(self._markup).strip()
        return "".join(parts).strip()


class _Doubtful(Exception):
    """A tag that is not written as a parser does, or that nh3 takes for another."""


class _Readings(dict[str, str]):
    """What a tag is to a reader: the end of a line, a space, the text standing for a picture, or nothing."""

    def __init__(self, known: dict[str, str], *, gone: bool) -> None:
        super().__init__(known)
        self._gone = gone

    def __missing__(self, tag: str) -> str:
        name, _, attributes = tag.partition(" ")
        if not self._gone and may_be_unseen(name, attributes):
            raise Unseen
        if name == "img":
            alternative = None if is_counter(attributes) else _PICTURE_TEXT.search(tag)
            reading = f" {_MARK.sub(' ', alternative[1])} " if alternative else ""
        else:
            reading = _BARE_READINGS.get(name, "")
        self[tag] = reading
        return reading


class _SafeTags(dict[str, str]):
    """What may be shown of a tag: with the attributes that nh3 leaves, or nothing."""

    def __init__(self, known: dict[str, str], base: str) -> None:
        super().__init__(known)
        self._base = base

    @cached_property
    def _judge(self) -> Cleaner:
        return judge(self._base)

    def __missing__(self, tag: str) -> str:
        if _WEB_LINK.fullmatch(tag):  # which every library reads alike; most tags that differ are such
            safe = f'<{tag} rel="{LINK_REL}">'
        elif tag.startswith(("!--", "?")):
            safe = ""
        else:
            safe = self._judged(tag)
        self[tag] = safe
        return safe

    def _judged(self, tag: str) -> str:
        regular = _REGULAR.fullmatch(tag.removeprefix("/"))
        if not regular or regular[1] in WITHOUT_CONTENT or regular[1] in VERBATIM:
            raise _Doubtful
        name = regular[1]
        if name not in SHOWN or (name == "img" and is_counter(tag)):
            return ""
        if name == "img":
            tag = with_address(tag)
        cleaned = self._judge.clean(f"{_CONTEXTS.get(name, '')}<{tag}>")
        if safe := re.search(rf"<{name}(?: [^<>]*)?>", cleaned):
            return safe[0]
        raise _Doubtful


def _plain(text: str) -> str:
    """The text with the few character references resolved that a parser writes."""
    if "&" not in text:
        return text
    text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return text.replace("&amp;", "&")


def lines(text: str) -> str:
    """The lines between form feeds, white space within them collapsed, without the empty ones."""
    if not text.isascii():
        for character in _INVISIBLE:
            text = text.replace(character, "")
        if "\u200b" in text:
            text = _NO_SPACE.sub("", text)
    collapsed = (" ".join(line.split()) for line in text.split(_LINE_END))
    return "\n".join(filter(None, collapsed))


def _both(names: Iterable[str], reading: str) -> dict[str, str]:
    """The start and end tags of these elements, each with what it is to a reader."""
    return {tag: reading for name in names for tag in (name, f"/{name}")}


_BARE_READINGS = {
    **_both(SHOWN, ""),
    **_both(BLOCKS, _LINE_END),
    **_both(CELLS, " "),
    "pre": _CODE,
    "/pre": _CODE_ENDS,
}
_BARE_TAGS = {tag: f"<{tag}>" for name in SHOWN - {"a", "img"} for tag in (name, f"/{name}")} | {"/a": "</a>"}
