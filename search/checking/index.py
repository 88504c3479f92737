"""What a check asks of an index, whatever engine it is of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from search.engine import Candidate
from search.model import PostWithComments


class Kind(StrEnum):
    """In what an index differs from what it was built of."""

    MISSING = "is in the store and not in the index"
    SUPERFLUOUS = "is in the index and not in the store"
    TWICE = "is in the index more than once"
    WORDS = "has other words in the index than in the store"
    FIELDS = "has another title, date or other value in the index than in the store"


@dataclass(frozen=True, slots=True)
class Difference:
    """One post, or one comment of it, of which an index says something else than the store."""

    kind: Kind
    post_id: str
    comment_id: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """One kept generation: how many files it has, of how many bytes, and what is wrong, if anything is."""

    name: str
    files: int
    size: int
    problem: str = ""


class InspectedGeneration(Candidate, Protocol):
    """One generation that is open to be looked at: it can be searched, too."""

    def contradictions(self) -> Iterator[str]:
        """What in it does not follow from the rest of it, although it should; in words."""
        ...

    def differences(self, contents: Iterable[PostWithComments], folder: Path) -> Iterator[Difference]:
        """Where it is not what it would be if it were built of these posts.

        Every post and comment is compared, with all its words and their places. The folder is filled with as
        much as an index takes.
        """
        ...


class InspectedIndex(Protocol):
    """The folder of an index. All of it may raise `OSError`."""

    def published(self) -> str:
        """The name of the generation that is published; empty where that cannot be told."""
        ...

    def verified(self) -> Iterator[Verified]:
        """Every generation that is kept, the newest first, after all of its files were read."""
        ...

    def leftovers(self, latest: str) -> list[Path]:
        """What killed writers left behind, `latest` being the newest generation that ever was published."""
        ...

    def remove(self, name: str) -> None:
        """Remove a generation; for the holder of the archive's lock."""
        ...

    def open(self, name: str) -> InspectedGeneration:
        """Open a generation; raises `ValueError` or `OSError` where it is not whole."""
        ...
