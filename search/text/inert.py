"""Text that is safe to print on a terminal."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[\t\n\v\f\r\u0085\u2028\u2029]+")
_ACTING = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # escape sequences, bells, backspaces and the like
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that reorder the text around them
    "\ud800-\udfff"  # halves of characters, which no stream takes
    "]"
)


def printable(text: str) -> str:
    """The text on one line, without any character that acts on a terminal instead of being shown."""
    return _ACTING.sub("", _BREAKS.sub(" ", text))
