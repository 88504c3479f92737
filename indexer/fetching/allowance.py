"""How many bytes of one answer may still come."""

from __future__ import annotations

from search.errors import FetchFailed


class Allowance:
    """So many bytes at most, for the answer that messages call `name`."""

    def __init__(self, most: int, name: str) -> None:
        self._most = most
        self._left = most
        self._name = name

    def look_ahead(self, size: int) -> None:
        """Whether so many more would be allowed; raises `FetchFailed`."""
        if size > self._left:
            raise FetchFailed(
                f"{self._name}: is larger than {self._most / 1e6:g} MB; save it yourself and give the file"
            )

    def take(self, size: int) -> None:
        """Count so many more; raises `FetchFailed`."""
        self.look_ahead(size)
        self._left -= size

    def take_piece(self, piece: bytes) -> bytes:
        """Count a piece, and pass it on."""
        self.take(len(piece))
        return piece
