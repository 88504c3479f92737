"""Mends a record whose XML is broken in one of the ways that exports break it.

Bare ampersands and `<`, HTML's named entities, characters XML forbids, and a `]]>` written inside a
CDATA section: all of them leave no doubt what was meant. Takes linear time whatever the record holds.
"""

from __future__ import annotations

import re
from html.entities import html5
from xml.sax.saxutils import escape

_CDATA = b"<![CDATA["
_CDATA_END = b"]]>"
_ELEMENT_OPENING = re.compile(rb"<([\w:.-]{1,100})[^<>]*>\s*")
_CDATA_JOINT = re.compile(rb"\]\]>\s{0,1000}<!\[CDATA\[")
_REFERENCE = re.compile(rb"&(?:#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31};))?")
_NUMBER = re.compile(rb"&#(?:(\d+)|[xX]([0-9a-fA-F]+));?")
_LONGEST_NUMBER = 7  # digits of any character's number
_STRAY_OPENING = re.compile(rb"<(?!/?[A-Za-z_]|!--|\?)")
_XML_NAMES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_XML_CHARACTER = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def mended(markup: bytes) -> bytes:
    """The record with what can be mended mended; it may still not be well-formed."""
    parts = []
    position = 0
    look_for_true_end = True
    while (start := markup.find(_CDATA, position)) >= 0:
        end = _true_end(markup, position, start) if look_for_true_end else -1
        if end < 0:
            # Looking once more could take quadratic time, and a record this broken is lost anyway.
            look_for_true_end = False
            end = markup.find(_CDATA_END, start)
            if end < 0:
                break
        text = _CDATA_JOINT.sub(b"", markup[start + len(_CDATA) : end])
        parts += [
            _mend_text(markup[position:start]),
            _CDATA,
            text.replace(b"]]>", b"]]]]><![CDATA[>"),
            _CDATA_END,
        ]
        position = end + len(_CDATA_END)
    return b"".join([*parts, _mend_text(markup[position:])])


def without_impossible_characters(markup: bytes) -> bytes:
    """The markup without references by number to characters that XML forbids, wherever they stand.

    Some parsers decode them where an error would be due, and give text that is none, or fail.
    """
    return _NUMBER.sub(_possible, markup)


def _possible(match: re.Match[bytes]) -> bytes:
    digits = (match[1] or match[2]).lstrip(b"0") or b"0"
    code = int(digits, 10 if match[1] else 16) if len(digits) <= _LONGEST_NUMBER else -1
    return match.group() if 0 <= code <= 0x10FFFF and _XML_CHARACTER.match(chr(code)) else b""


def _true_end(markup: bytes, earliest: int, start: int) -> int:
    """Where the CDATA that begins at `start` ends: at the `]]>` before its own element's closing tag."""
    opening = _ELEMENT_OPENING.fullmatch(markup, max(earliest, markup.rfind(b"<", earliest, start)), start)
    if opening is None:
        return markup.find(_CDATA_END, start)
    end = re.compile(rb"\]\]>\s{0,1000}</" + re.escape(opening.group(1)) + rb"\s{0,64}>").search(
        markup, start
    )
    return end.start() if end else -1


def _mend_text(text: bytes) -> bytes:
    text = _REFERENCE.sub(_mend_reference, text)
    return _STRAY_OPENING.sub(b"&lt;", text).replace(b"]]>", b"]]&gt;")


def _mend_reference(match: re.Match[bytes]) -> bytes:
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return match.group() if code <= 0x10FFFF and _XML_CHARACTER.match(chr(code)) else b""
    known = name.decode("ascii") if name else ""
    if known in _XML_NAMES:
        return match.group()
    if known in html5:
        return escape(html5[known]).encode("utf-8")
    return b"&amp;" + match.group()[1:]
