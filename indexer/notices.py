"""Warnings of an import, gathered so that a thousand files with one trouble make one line."""

from __future__ import annotations


class Notices:
    """Messages, each with the files it is about and how many records it was said of."""

    def __init__(self) -> None:
        self._places: dict[str, dict[str, None]] = {}
        self._counts: dict[str, int] = {}

    def add(self, message: str, *, place: str = "", count: int = 1) -> None:
        """Note the message, about `place` (the name of a file) or about so many records."""
        places = self._places.setdefault(message, {})
        if place:
            places[place] = None
        else:
            self._counts[message] = self._counts.get(message, 0) + count

    def texts(self) -> tuple[str, ...]:
        """One line for each message, in the order they were first noted."""
        return tuple(self._text(message, tuple(places)) for message, places in self._places.items())

    def _text(self, message: str, places: tuple[str, ...]) -> str:
        if not places:
            count = self._counts[message]
            return f"{message} ({count:,} times)" if count > 1 else message
        first, *others = places
        return f"{first} and {len(others):,} more: {message}" if others else f"{first}: {message}"
