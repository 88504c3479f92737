"""Which of many selectors can match a page at all: most templates are of other software than the page's.

A page is searched with some two hundred selectors, each of which a parser tries on every element. Nearly all
name a class or the like that is nowhere in the page; one look at its words leaves them out.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(rb"[a-z][a-z0-9_-]*")
_SPACED = bytes(code if _WORD.fullmatch(b"a%c" % code) else ord(" ") for code in bytes(range(256)).lower())
_NEGATED = re.compile(r":not\([^()]*\)")
_NAMED = re.compile(r"""[.#]([\w-]+)|(?<![\^*$|])=\s*["']?([\w-]+)["']?\s*i?\s*\]""")


class Narrowing:
    """Leaves out the selectors whose classes, ids and attribute values are not among the words of a page."""

    def __init__(self, text: str) -> None:
        self._narrowed: dict[str, str] = {}
        self._all_narrowed: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._words = frozenset(text.encode("ascii", "replace").translate(_SPACED).split())

    def __call__(self, selectors: tuple[str, ...]) -> tuple[str, ...]:
        """The selectors that may match, in their order."""
        found = self._all_narrowed.get(selectors)
        if found is None:
            found = self._all_narrowed[selectors] = tuple(filter(None, map(self.one, selectors)))
        return found

    def one(self, selector: str) -> str:
        """The alternatives of a selector that may match; empty where none does."""
        found = self._narrowed.get(selector)
        if found is None:
            fit = (part for part, needed in _alternatives(selector) if needed <= self._words)
            found = self._narrowed[selector] = ", ".join(fit)
        return found


@lru_cache(maxsize=1_000)
def _alternatives(selector: str) -> tuple[tuple[str, frozenset[bytes]], ...]:
    """Each part between commas, and the words without which it matches nothing."""
    return tuple((part.strip(), _needed(part)) for part in selector.split(","))


def _needed(part: str) -> frozenset[bytes]:
    named = (found[1] or found[2] for found in _NAMED.finditer(_NEGATED.sub("", part)))
    return frozenset(word for name in named if _WORD.fullmatch(word := name.lower().encode()))
