"""Characters that can be stored, searched and shown: what every text is reduced to."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

_BAD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST_MARKS = (
    30  # on one character, as in Unicode's stream-safe text; putting more in order takes squared time
)
_PLAIN = bytes((ord("\t"), ord("\n"), ord("\f"), *range(0x20, 0x7F)))
_HARMLESS = re.compile(  # characters that are kept, and seen, whatever stands beside them
    "[\xa0-\xac\xae-\u02ff\u0391-\u03a9\u03b1-\u03c9\u0400-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a\u2010-\u2027\u2030-\u205e"
    "\u2070-\u20c0\u2190-\u2328\u232b-\u2adb\u3001-\u3029\u3041-\u3096\u309f-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
    "\U0001f300-\U0001faff]*"
)
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")


def clean(text: str) -> str:
    """The text in NFC without control characters and lone surrogates, lines ended by a line feed.

    Characters 128 to 159, which are cp1252 read as ISO-8859-1, become the quotes and dashes once meant.
    """
    if is_plain(text):
        return text
    if "\r" in text or "\u2028" in text or "\u2029" in text:
        text = _LINE_ENDS.sub("\n", text)
    if _BAD.search(text):
        text = _BAD.sub(_meant, text)
    if text.isascii():
        return text
    combining = _combining()
    if combining.search(text[:: _MOST_MARKS + 1]):  # a row that is too long has one of these places
        text = re.sub(f"{combining.pattern}{{{_MOST_MARKS + 1},}}", lambda row: row[0][:_MOST_MARKS], text)
    return unicodedata.normalize("NFC", text)


def has_bad_characters(text: str) -> bool:
    """Whether there are control characters or halves of characters, which `clean` takes out."""
    return not is_plain(text) and _BAD.search(text) is not None


def one_line(text: str) -> str:
    """The text cleaned, its white space collapsed: for titles and names."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(clean(text).split())


def is_plain(text: str) -> bool:
    """Whether there is nothing to clean in a text, as far as a quick look can tell: that is most texts.

    Its white space is nothing but spaces, non-breaking ones, tabs, form feeds and line feeds.
    """
    try:
        others = text.encode().translate(None, _PLAIN)
    except UnicodeEncodeError:
        return False
    return not others or _HARMLESS.fullmatch(others.decode()) is not None


def _meant(match: re.Match[str]) -> str:
    character = match[0]
    return character.encode("latin-1").decode("cp1252", "ignore") if "\x80" <= character <= "\x9f" else ""


@cache
def _combining() -> re.Pattern[str]:
    """A combining character; the table of them takes 30 ms to make, so once and when needed."""
    ranges: list[list[int]] = []
    for code in range(0x300, min(0x1F000, sys.maxunicode)):
        if unicodedata.combining(chr(code)):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    characters = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
    return re.compile(f"[{characters}]")
