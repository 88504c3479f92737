"""HTML as a parser writes it out, cut into tags and the text between, each different tag judged once.

A parser's output is regular: names in lower case, values in double quotes, `<` and `>` only around tags.
Most of its tags are the same few over and over, so looking at each different one takes no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from indexer.normalise.bodies.elements import BLOCKS, CELLS, SHOWN, VERBATIM, WITHOUT_CONTENT
from indexer.normalise.bodies.pictures import is_counter, with_address
from indexer.normalise.bodies.safety import LINK_REL, clean
from indexer.normalise.bodies.unseen import may_be_unseen
from indexer.normalise.text import is_plain

_CUT = re.compile(r"<(!--(?:[^<-]|-(?!->)|<(?!!--))*+--|[^<>]*+)>")
_REGULAR = re.compile(r'([a-z][a-z0-9:-]*+)(?: [^\s"\'<>/=]++="[^"<>]*+")*+')
_PICTURE_TEXT = re.compile(r' alt="([^"]*)"')
_NOTE = re.compile(r'href="#|class="[^"]*(?:foot|end)note')  # whose number is no part of the word before it
_WEB_LINK = re.compile(
    r'a href="https?://(?:(?!xn--)[a-z0-9-]++\.)+[a-z]{2,}(?:[/?#][^"<>&\xa0]*+(?:&amp;[^"<>&\xa0]*+)*+)?"'
)
_MAY_DEPEND = re.compile(r' (?:href|src|cite|data-[a-z-]+)="(?!https?://)')  # on the address of the page
_MOST_KEPT = 20_000  # tags, of that many characters at most: some megabytes
_LONGEST_KEPT = 200
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
MARKS = (_LINE_END, _CODE, _CODE_ENDS)
"""Characters that stand for something in a text while it is read."""
_SPACES = re.compile("  +")
_MARK = re.compile(f"[{''.join(MARKS)}]")
_INVISIBLE = ("\u00ad", "\u2060", "\ufeff")  # would split words that a reader sees whole
_NO_SPACE = re.compile(
    "(?<![\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff])\u200b"
)  # it parts words of Thai or Khmer


class Unseen(Exception):
    """Something that no reader sees, and that has to go with all that is inside it."""


@dataclass(frozen=True, slots=True)
class CutMarkup:
    """What a parser wrote out of the inside of an element: a text, a tag, a text, …

    `doubtful` is whether tags may be in the texts, `has_marks` whether characters are that stand for ends
    of lines and code here.
    """

    texts: Sequence[str]
    tags: Sequence[Tag]
    doubtful: bool = False
    has_marks: bool = False

    @classmethod
    def of(cls, markup: str, *, gone: bool = False) -> CutMarkup:
        """What is in the markup that a parser wrote.

        Raises `Unseen` where something is in it that no reader sees, unless told that this is `gone`.
        """
        if "<pre" in markup:
            markup = _LEADING_LINE_END.sub(r"\1", markup)  # as every parser does
        parts = _CUT.split(markup)
        texts, tags = parts[::2], [TAGS[tag] for tag in parts[1::2]]
        doubtful = "<" in "".join(texts)  # a comment in a comment, a tag in an instruction
        if not gone and (doubtful or any(tag.unseen for tag in tags)):
            raise Unseen
        return cls(texts, tags, doubtful, any(mark in markup for mark in MARKS))

    @property
    def text(self) -> str:
        """What a reader sees: one line for each paragraph or the like, no empty ones."""
        texts = [_MARK.sub(" ", text) for text in self.texts] if self.has_marks else self.texts
        text = _interleaved(texts, [tag.reading for tag in self.tags])
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
        if self.doubtful:
            return self._judged_whole(base)
        safe = [tag.safe for tag in self.tags]
        if None in safe:
            judged = _SafeTags(base)
            try:
                safe = [judged[tag.written] if tag.safe is None else tag.safe for tag in self.tags]
            except _Doubtful:
                return self._judged_whole(base)
        return _interleaved(self.texts, cast("list[str]", safe)).strip()

    def _judged_whole(self, base: str) -> str:
        markup = _interleaved(self.texts, [f"<{tag.written}>" for tag in self.tags])
        return clean(markup, base).strip()


def _interleaved(texts: Sequence[str], between: Sequence[str]) -> str:
    parts = [""] * (len(texts) + len(between))
    parts[::2] = texts
    parts[1::2] = between
    return "".join(parts)


class Tag(NamedTuple):
    """A tag as a parser writes it, and what it is worth.

    `reading` is what it is to a reader: the end of a line, a space, the text standing for a picture, or
    nothing. `safe` is what may be shown of it, None where that depends on the page's address or takes
    another look. `unseen` is whether no reader might see what is in it.
    """

    written: str
    reading: str
    safe: str | None
    unseen: bool = False


class _Doubtful(Exception):
    """A tag that is not written as a parser does, or that nh3 takes for another."""


class _Tags(dict[str, Tag]):
    """Every tag judged, by what a parser wrote; those that are met again and again only once."""

    def __missing__(self, written: str) -> Tag:
        if link := web_link(written):
            return link
        tag = _judged(written)
        if len(written) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[written] = tag
        return tag


TAGS = _Tags()
"""Tags by what a parser writes for them."""


def web_link(written: str) -> Tag | None:
    """The tag, if it is a link that every library reads alike: of the tags that differ, most are."""
    return Tag(written, "", f'<{written} rel="{LINK_REL}">') if _WEB_LINK.fullmatch(written) else None


def _judged(written: str) -> Tag:
    name, _, attributes = written.partition(" ")
    reading = _picture_text(written, attributes) if name == "img" else _BARE_READINGS.get(name, "")
    if name in ("a", "sup") and _NOTE.search(attributes):
        reading = " "
    safe = _BARE_TAGS.get(written)
    if safe is None and not _MAY_DEPEND.search(written):
        try:
            safe = _safe_tag(written, "")
        except _Doubtful:
            safe = None
    return Tag(written, reading, safe, may_be_unseen(name, attributes))


def _picture_text(written: str, attributes: str) -> str:
    alternative = None if is_counter(attributes) else _PICTURE_TEXT.search(written)
    return f" {_MARK.sub(' ', alternative[1])} " if alternative else ""


class _SafeTags(dict[str, str]):
    """What may be shown of a tag on a page with this address."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def __missing__(self, tag: str) -> str:
        safe = self[tag] = _safe_tag(tag, self._base)
        return safe


def _safe_tag(tag: str, base: str) -> str:
    """What may be shown of a tag: with the attributes that nh3 leaves, or nothing; raises `_Doubtful`."""
    if tag.startswith(("!--", "?")):
        return ""
    regular = _REGULAR.fullmatch(tag.removeprefix("/"))
    if not regular or regular[1] in WITHOUT_CONTENT or regular[1] in VERBATIM:
        raise _Doubtful
    name = regular[1]
    if name not in SHOWN or (name == "img" and is_counter(tag)):
        return ""
    if name == "img":
        tag = with_address(tag)
    cleaned = clean(f"{_CONTEXTS.get(name, '')}<{tag}>", base)
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
    if is_plain(text):
        for blank in "\n\t\xa0":
            text = text.replace(blank, " ")
        text = _SPACES.sub(" ", text)
        return "\n".join(line for line in map(str.strip, text.split(_LINE_END)) if line)
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
