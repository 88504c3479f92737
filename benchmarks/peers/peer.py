"""What an engine has to do to be measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from benchmarks.cases import Case
from search.model import Post

FACETS: Final = ("author", "tag", "blog", "month")
FACET_SIZE: Final = 10
RESULTS: Final = 10
TITLE_BOOST: Final = 2.0

Counted = tuple[tuple[str, int], ...]
"""Values of a facet and how many results have each, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How many posts match, the numbers of the first ten, and each facet's ten most frequent values.

    A month is written `2025-03`. Facets are empty when they were not asked for. They have been counted, but
    `read` makes the one form of them that is compared: that is none of what is measured.
    """

    total: int
    numbers: tuple[int, ...]
    read: Callable[[], Mapping[str, Counted]] = dict

    @property
    def facets(self) -> Mapping[str, Counted]:
        """The facets as they are compared."""
        return self.read()


class Opened(Protocol):
    """An index that answers."""

    def search(self, case: Case, facets: bool) -> Answer:
        """Answer one case: the best ten, the total, and the facets if wanted."""
        ...

    def close(self) -> None:
        """Let go of what is open."""
        ...


class Peer(Protocol):
    """One engine. Post ids are whole numbers in twelve digits.

    All of them index title and body with positions, stemmed as English, without stop words; the title
    counts twice. Texts are not kept. The counts of a tag's facet leave out the filter by tag.
    """

    def build(self, posts: Iterable[Post], folder: Path) -> None:
        """Index the posts into an empty folder, until all of it is on disk."""
        ...

    def open(self, folder: Path) -> Opened:
        """Open what was built, to be searched."""
        ...

    def size(self, folder: Path) -> int:
        """Bytes of the index on disk."""
        ...


def bytes_in(folder: Path) -> int:
    """Bytes of all files below a folder; a file with several names counts once."""
    files = [path.stat() for path in folder.rglob("*") if path.is_file()]
    return sum({(file.st_dev, file.st_ino): file.st_size for file in files}.values())
