"""A few numbers that two texts have in common if most of their words are the same."""

from __future__ import annotations

import re
from binascii import crc32
from heapq import nsmallest

_WORD = re.compile(r"\w+")
_SPACED = bytes(code if code > 127 or _WORD.match(chr(code)) else ord(" ") for code in range(256))
_READ = 1_500  # characters of a text: some 250 words tell enough of it
_IN_A_ROW = 3  # words
_FEWEST = 10  # different rows of words, for the smallest of them to say anything
_KEPT = 3


def sketch(text: str) -> tuple[int, ...]:
    """The three smallest hashes of three words in a row; none for a text of few words.

    Which rows of words these are depends on the words alone, not on where they stand. So texts of which
    nine tenths are the same, such as a page and its source with the code between written otherwise, mostly
    share two of them, and other texts none. The method is Broder's, "On the resemblance and containment
    of documents" (1997).
    """
    words = _words(text[:_READ].casefold())
    rows = zip(*(words[start:] for start in range(_IN_A_ROW)), strict=False)
    hashes = {*map(crc32, map(b" ".join, rows))}
    return tuple(nsmallest(_KEPT, hashes)) if len(hashes) >= _FEWEST else ()


def _words(text: str) -> list[bytes]:
    """The words of a text in UTF-8; in ASCII, where a byte is a character, without looking for each."""
    spaced = text.encode("utf-8", "surrogatepass").translate(_SPACED)
    if spaced.isascii():
        return spaced.split()
    return [word.encode("utf-8", "surrogatepass") for word in _WORD.findall(text)]
