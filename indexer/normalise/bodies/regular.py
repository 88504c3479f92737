"""HTML that needs no parser: every tag is where the rules of HTML leave it, and every element is closed.

Most bodies are so, and reading them here takes half the time. This is a whitelist: a tag, a nesting or a
character of which it is not known how a parser writes it makes a body irregular, and a parser reads it.
What comes out is cut and judged like a parser's own output, so that a mistake here could misplace a tag,
but never show one that is not safe.
"""

from __future__ import annotations

import re
from html import escape, unescape

from selectolax.lexbor import LexborHTMLParser

from indexer.normalise.bodies.places import OUTSIDE, Irregular, Place, is_known, is_part_of_table
from indexer.normalise.bodies.tags import MARKS, TAGS, CutMarkup, Tag, web_link

_ALL_BUT_ANGLES = bytes(set(range(256)) - set(b"<>"))
_CUT = re.compile(r"<([^<>]*)>")
_TAG = re.compile(
    r"""(/?)([a-z][a-z0-9]*(?::p)?)((?:\s++[a-z][a-z0-9:_-]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=`/]++))?+)*+)\s*+/?""",
    re.IGNORECASE,
)
_AS_WRITTEN = re.compile(r'[a-z][a-z0-9]*+(?: [a-z][a-z-]*+="[^"&\xa0]*+")?')
_LEADING_LINE_END = re.compile(r"<pre[^<>]*>(?:\n|&N)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#?[a-zA-Z0-9]++;?)?")
_NEVER_REGULAR = ("\0", "\r", *MARKS)
_BLANK = " \t\n"
_MOST_KEPT = 20_000  # tags, of that many characters at most
_LONGEST_KEPT = 200
_SHORT = 4_000  # characters of a tag that a parser takes no time over, however many its attributes are
_FEW = 100  # words in a tag, of which each may be an attribute, compared with all others


def cut_regular(html: str) -> CutMarkup | None:
    """What a parser would write for the HTML; None where only a parser can tell.

    White space at both ends may be more than a parser leaves.
    """
    if any(character in html for character in _NEVER_REGULAR):
        return None
    texts, tags = _cut(html)
    try:
        known = [_KNOWN[tag] for tag in tags]
        names = [name for name, _ in known]
        if "pre" in names and _LEADING_LINE_END.search(html):
            return None
        place = _end_of(names, texts)
        texts = _written(texts)
    except Irregular:
        return None
    unclosed = [TAGS[f"/{name}"] for name in place.still_open]
    return CutMarkup(texts + [""] * len(unclosed), [tag for _, tag in known] + unclosed)


def _cut(html: str) -> tuple[list[str], list[str]]:
    """The texts, and the tags between them."""
    in_turns = html.encode("utf-8", "surrogatepass").translate(None, _ALL_BUT_ANGLES)
    if in_turns == b"<>" * (len(in_turns) // 2):
        parts = html.replace(">", "<").split("<")  # the same, in half the time
    else:
        parts = _CUT.split(html)
    return parts[::2], parts[1::2]


def _end_of(names: list[str], texts: list[str]) -> Place:
    """The place where the tags lead; raises `Irregular`."""
    place = OUTSIDE
    if "table" not in names:
        for name in names:
            place = place[name]
        return place
    for name, text in zip(names, texts[1:], strict=True):
        place = place[name]
        if place.holds_no_text and text.strip(_BLANK):
            raise Irregular
    return place


def _written(texts: list[str]) -> list[str]:
    """Texts with the character references that a parser writes, and no others."""
    text = "\0".join(texts)
    if "<" in text:
        raise Irregular
    changed = False
    if "&" in text:
        text, changed = _REFERENCE.sub(_character, text), True
    for character, reference in ((">", "&gt;"), ("\xa0", "&nbsp;")):
        if character in text:
            text, changed = text.replace(character, reference), True
    return text.split("\0") if changed else texts


def _character(reference: re.Match[str]) -> str:
    written = reference[0]
    if written in _AS_THEY_ARE:
        return written
    if written.startswith("&#") and not _is_common(written[2:].rstrip(";")):
        raise Irregular
    return escape(unescape(written), quote=False)


def _is_common(number: str) -> bool:
    """Whether this is the number of a character that every parser takes for itself."""
    try:
        code = int(number[1:], 16) if number[:1] in ("x", "X") else int(number)
    except ValueError:
        return False
    return 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or 0x1F000 <= code < 0x1FB00


_AS_THEY_ARE = frozenset(["&amp;", "&nbsp;", "&lt;", "&gt;"])


class _Known(dict[str, tuple[str, Tag]]):
    """What a tag is to nesting (`p`, `/p`), and as a parser writes it; raises `Irregular`."""

    def __missing__(self, tag: str) -> tuple[str, Tag]:
        if link := web_link(tag):
            return "a", link
        name, written = _read(tag)
        known = name, TAGS[written]
        if known[1].unseen:
            raise Irregular
        if len(tag) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[tag] = known
        return known


_KNOWN = _Known()


def _read(tag: str) -> tuple[str, str]:
    if tag.startswith("!--") and tag.endswith("--") and len(tag) >= len("!----"):
        return "!--", tag
    if len(tag) > _SHORT and len(tag.split()) > _FEW:
        raise Irregular
    match = _TAG.fullmatch(tag)
    name = match[2].lower() if match else ""
    if not match or not is_known(name) or (match[1] and match[3]):
        raise Irregular
    if match[1]:
        return f"/{name}", f"/{name}"
    return name, tag if _AS_WRITTEN.fullmatch(tag) else _as_parsed(name, match[3])


def _as_parsed(name: str, attributes: str) -> str:
    """A start tag as a parser writes it, its attributes in double quotes, each once."""
    stand_in = "i" if is_part_of_table(name) else name  # as it would be nothing outside of a table
    body = LexborHTMLParser(f"<!DOCTYPE html><body><{stand_in}{attributes} >").body
    written = _CUT.match((body.inner_html or "") if body else "")
    if not written:
        raise Irregular
    return name + written[1].removeprefix(stand_in)
