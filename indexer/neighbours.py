"""The other files of a source's folder or archive, for formats that keep one post in several files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

_Made = TypeVar("_Made")


class Neighbours(Protocol):
    """The files below the root of one walked location, under the same guards as its sources.

    Paths are relative to that root, with `/` between their parts: `posts.csv`, `_data/comments/a/1.yml`.
    """

    def read(self, path: str) -> bytes | None:
        """What the file holds, at most 50 MB; None where there is no such file, or none that may be read."""

    def names(self, folder: str = "") -> Sequence[str]:
        """The paths of all files at any depth below a folder, sorted; those of assets too."""

    def once(self, make: Callable[[Neighbours], _Made]) -> _Made:
        """What `make` gives for these files, made once for as long as the location is walked."""
