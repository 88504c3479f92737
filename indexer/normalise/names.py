"""Names of people and tags: one spelling each, and nobody's e-mail address."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.normalise.text import one_line

LONGEST_NAME = 200
"""How many characters of a name or tag are kept."""

_ADDRESS = r"[^\s<>()@,;:\"]{1,100}@[^\s<>()@,;:\"]{1,200}"
_NAME_IN_BRACKETS = re.compile(rf"{_ADDRESS}\s*\((.*)\)")  # RSS: jane@example.org (Jane Doe)
_ADDRESS_OUTRIGHT = re.compile(rf"[<(\[]?(?:mailto:)?{_ADDRESS}[>)\]]?", re.IGNORECASE)
_NOBODY = frozenset(["noreply", "unknown", "nobody"])


def person(name: str) -> str:
    """The name to show for an author; empty where only an e-mail address is given."""
    name = one_line(name[:1000])
    if "@" in name:
        in_brackets = _NAME_IN_BRACKETS.fullmatch(name)
        name = in_brackets[1] if in_brackets else name
        name = _ADDRESS_OUTRIGHT.sub("", name).strip(" ,;\"'")
    return "" if name.casefold() in _NOBODY else name[:LONGEST_NAME]


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names that are not empty, in order; the first spelling where they differ only in case."""
    kept: dict[str, str] = {}
    for name in names:
        if name:
            kept.setdefault(name.casefold(), name)
    return tuple(kept.values())
