"""The line that signs a post or comment: `Posted by Jo at June 14, 2008 04:12 PM`.

Older software says in one line who wrote or when, without marks for either: Movable Type, TypePad, and
WordPress' default theme of many years (`This entry was posted on Monday, May 5th, 2008 at 8:31 pm and …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.formats.pages.elements import first_values

_LONGEST = 300  # characters
_WORD = r"[^\W\d_]{2,12}\.?"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_DAY = (  # Monday, May 5th, 2008
    rf"(?:{_WORD},?\s+)?(?:{_WORD}\s+{_NUMBER},?\s+\d{{4}}|{_NUMBER}\s+{_WORD}\s+\d{{4}})"
    r"|\d{1,4}[-./]\d\d?[-./]\d{2,4}"
)
_TIME = r"(?:,?(?:\s+at)?\s+\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b)?)?"
_SIGNED = re.compile(
    r"\b(?:by:?\s+(?P<name>\S.{0,99}?)\s*(?:\s(?:at|on)\s+|[|,]\s*)|posted\s+on\s+)"
    rf"(?P<date>(?:{_DAY})\b{_TIME})",
    re.IGNORECASE,
)


class Signature(NamedTuple):
    """Who wrote something, and when, as it stands there; both empty where nothing is signed."""

    name: str = ""
    date: str = ""


def signature(tree: LexborHTMLParser | LexborNode, selectors: Iterable[str]) -> Signature:
    """What the first element that signs says."""
    for line in first_values(tree, selectors):
        if found := _SIGNED.search(line[:_LONGEST]):
            return Signature(found["name"] or "", found["date"])
    return Signature()
