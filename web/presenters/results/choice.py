"""One of several links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several links, of which one may be in effect."""

    text: str
    url: str
    current: bool = False
