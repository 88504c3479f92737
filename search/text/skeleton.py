"""A text's skeleton: what is left of it when folded, with every character still in its place.

Folding a whole text would move its characters, and analysing every word of it takes a hundred times as
long as looking for a few letters. In the skeleton a word can be looked for letter by letter, and what is
found stands at the same place in the text.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from search.text.folding import fold
from search.text.words import WORD

STRANGE = "\1"
"""Stands for a character that is one of a word and folds into none or several, or with its neighbour."""

_SEPARATOR = " "
_PART_OF_SYLLABLE = re.compile("[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]")  # of Korean: they fold together

_folded = np.zeros(0x110000, np.uint32)
"""What each character becomes, once it was met; zero before. Memory is taken for the pages in use."""

_KINDS = {0x7F: (np.uint8, "ascii"), 0xFFFF: (np.uint16, "utf-16-le"), 0x10FFFF: (np.uint32, "utf-32-le")}
"""By the greatest character of a skeleton, how wide its characters are, and what they are called together."""


def skeleton(text: str) -> str:
    """A text of the same length: letters folded, and a space for what no word has in it.

    ASCII punctuation stays as it is. Time is linear, one or two nanoseconds a character.

    >>> skeleton("Łódź – ’s")
    "lodz   's"
    """
    if text.isascii():
        return text.lower()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    beyond = (codes > 0x7F).nonzero()[0]  # of ASCII, in most languages few
    strange = codes.take(beyond)
    found = _folded.take(strange)
    if np.count_nonzero(found) < len(found):
        # Threads may learn the same characters at once: they write the same.
        for code in np.unique(strange[found == 0]).tolist():
            _folded[code] = ord(_character(chr(code)))
        found = _folded.take(strange)
    lowered = codes.astype(np.uint8).tobytes().lower()  # right for ASCII; the others are put in now
    kind, encoding = next(kind for most, kind in _KINDS.items() if found.max() <= most)
    bones = np.frombuffer(lowered, np.uint8).astype(kind)
    bones[beyond] = found
    return bones.tobytes().decode(encoding)


def _character(character: str) -> str:
    """What one character beyond ASCII becomes."""
    if character == "’":
        return "'"
    if not WORD.match(character):
        return _SEPARATOR
    folded = fold(character)
    alone = (
        len(folded) == 1
        and folded.lower() == folded  # not so in Cherokee
        and unicodedata.category(folded)[0] != "M"
        and character != "ʼ"  # which can be several times in a word, and vanishes
        and not _PART_OF_SYLLABLE.match(folded)
        and (character.isalnum() or folded == character)
    )
    return folded if alone else STRANGE
