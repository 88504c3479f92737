"""Folding: what makes two spellings of a word the same, whatever the case, accents and width."""

from __future__ import annotations

import re
import unicodedata

MARKS = (
    "\u0300-\u036f\u0483-\u0487"  # Latin, Greek and Cyrillic accents
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"  # Arabic vowels
    "\u0711-\u07fd\u0816-\u085b\u0898-\u0963\u0966-\u0df3"  # Syriac, N'Ko, the scripts of India
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ece\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f84\u0f86-\u0fbc"
    "\u102b-\u103e\u1056-\u109d\u135d-\u135f\u1712-\u1734\u17b4-\u17d3\u17dd\u180b-\u180d\u1920-\u193b"
    "\u1ab0-\u1ace\u1b00-\u1bf3\u1c24-\u1c37\u1cd0-\u1cf9\u1dc0-\u1dff\u20d0-\u20f0\u302a-\u302f\u3099\u309a"
    "\ua8e0-\ua8ff\ua9e5\uaa7b-\uaa7d\ufb1e"  # additions to Devanagari, Burmese and Hebrew
    "\ufe00-\ufe0f\ufe20-\ufe2f"  # which look a character has
    "\u00ad\u200c\u200d"  # the soft hyphen and the joiners, which are seen by nobody
)
"""Characters that belong to the letter before them, as the inside of a regular expression's `[ ]`.

Python's `\\w` leaves them out, which would cut words of Hindi or Thai at every vowel.
"""

_LONG_RUN_OF_MARKS = re.compile(rf"([{MARKS}]{{16}})[{MARKS}]+")
# Normalising sorts marks, which takes quadratic time in a run of them; no script writes so many.

_UNSEEN = re.compile("[\u00ad\u200c\u200d\ufe00-\ufe0f]")

_ACCENTS = re.compile("(?<!и)(?<!у)\u0306|(?<!і)\u0308|[\u0300-\u0305\u0307\u0309-\u036f]")
# Except where the sign makes another letter altogether: й, ў and ї.

_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t",
        "’": "'", "‘": "'", "ʼ": "'", "‛": "'", "′": "'",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, and the apostrophes."""


def lower(text: str) -> str:
    """The text in lower case, composed and in its usual width, with its accents.

    >>> lower("ＣＡＦÉ")
    'café'
    """
    if text.isascii():
        return text.lower()
    short = _LONG_RUN_OF_MARKS.sub(r"\1", text)
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", short).casefold())


def fold(text: str) -> str:
    """The text in lower case and without accents: equal for spellings that readers take as the same.

    Only accents go; a sign that makes another letter, as in Hindi, Thai or the Cyrillic й, stays.

    >>> fold("Łódź, STRASSE, straße, don’t")
    "lodz, strasse, strasse, don't"
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", _UNSEEN.sub("", lower(text)))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart)).translate(_LETTERS)
