"""Very long chunks in pieces: a text without a separator need not be read as a whole."""

from __future__ import annotations

import re

from search.text.folding import MARKS
from search.text.words import UNSPACED

LONG = 256
"""Characters of the longest chunks that stay whole."""

_MARK = rf"{MARKS}\u1160-\u11ff\uff9e\uff9f"
_WHOLE_EMOJI = (
    "\u2600-\u27bf\U0001f300-\U0001f3fa\U0001f400-\U0001faff"  # neither half a flag nor a skin tone
)
_CUT = re.compile(
    rf"(?<=[{UNSPACED}])(?![{_MARK}])[{UNSPACED}](?=(?![{_MARK}])[{UNSPACED}])"
    rf"|(?<=[{_WHOLE_EMOJI}])(?=[{_WHOLE_EMOJI}][{_WHOLE_EMOJI}0-9A-Za-z])"
    r"|(?<=_)(?=[^\W_]{2})"
)
"""Where a word can be cut and has the same terms in its pieces; a character in this place is in both."""

Span = tuple[int, int]
"""The characters from the first to before the second."""


def pieces(text: str, chunk: Span) -> list[Span]:
    """A chunk of a text, cut where it is very long, so that each term of it is in exactly one piece."""
    start, end = chunk
    found: list[Span] = []
    while end - start > LONG and (cut := _CUT.search(text, start + LONG, end)):
        found.append((start, cut.end()))
        start = cut.start()
    return [*found, (start, end)]
