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


def skeleton(text: str) -> str:
    """A text of the same length: letters folded, and a space for what no word has in it.

    ASCII punctuation stays as it is. Time is linear, one or two nanoseconds a character.

    >>> skeleton("Łódź – ’s")
    "lodz   's"
    """
    if text.isascii():
        return text.lower()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).copy()
    beyond = np.flatnonzero(codes > 0x7F)  # of ASCII, in most languages few
    found = _folded.take(codes[beyond])
    if not found.all():
        # Threads may learn the same characters at once: they write the same.
        for code in np.unique(codes[beyond][found == 0]).tolist():
            _folded[code] = ord(_character(chr(code)))
        found = _folded.take(codes[beyond])
    codes[beyond] = found
    return codes.tobytes().decode("utf-32-le").lower()


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
