"""Who has which value of a keyword field: tags, names, languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.strings import Strings


@dataclass(frozen=True, slots=True)
class Keyword:
    """Who has which value of a keyword field: posts, or of `commenter` comments.

    `values` are folded, distinct and ascending by code point. Those that have value `v` are
    `owners[starts[v]:starts[v + 1]]`, ascending: posts by document number, comments counted from the
    first comment. `spelling` is beside `owners` and says how each of them wrote it, by number in `spellings`.
    """

    values: Strings
    starts: Ints
    owners: Ints
    spelling: Ints
    spellings: Strings

    @classmethod
    def of(cls, values: Sequence[str], spellings: Sequence[str], counts: Sequence[int]) -> Self:
        """Lay out the folded values and how they are written, of one owner after the other.

        The i-th owner has the next `counts[i]` of them, none twice.
        """
        distinct, numbers = numbered(values)
        distinct_spellings, spelling = numbered(spellings)
        owners = np.repeat(np.arange(len(counts)), counts)
        by_value = np.argsort(numbers, kind="stable")  # which keeps the owners of a value ascending
        starts = np.zeros(len(distinct) + 1, np.int64)
        np.cumsum(np.bincount(numbers, minlength=len(distinct)), out=starts[1:])
        return cls(
            values=Strings.of(distinct),
            starts=smallest(starts),
            owners=smallest(owners[by_value]),
            spelling=smallest(spelling[by_value]),
            spellings=Strings.of(distinct_spellings),
        )

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What `read` reads, to be written into a file."""
        return {
            **self.values.arrays(f"{name}.values"),
            f"{name}.starts": self.starts,
            f"{name}.owners": self.owners,
            f"{name}.spelling": self.spelling,
            **self.spellings.arrays(f"{name}.spellings"),
        }

    @classmethod
    def read(cls, file: ArrayFile, name: str, owners: int) -> Self:
        """The keyword that `arrays` named so, of so many posts or comments; raises `ValueError`."""
        values = Strings.read(file, f"{name}.values")
        spellings = Strings.read(file, f"{name}.spellings")
        having = file.below(f"{name}.owners", owners)
        return cls(
            values=values,
            starts=file.dividing(f"{name}.starts", len(having), count=len(values)),
            owners=having,
            spelling=file.below(f"{name}.spelling", len(spellings), count=len(having)),
            spellings=spellings,
        )


class _Numbered(dict[str, int]):
    """Numbers strings from 0 as they are asked for."""

    def __missing__(self, string: str) -> int:
        self[string] = number = len(self)
        return number


def numbered(strings: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """The distinct strings in ascending order, and the number of each string among them."""
    seen = _Numbered()
    numbers = np.fromiter(map(seen.__getitem__, strings), np.int64, len(strings))
    distinct = sorted(seen)
    rank = np.zeros(len(distinct), np.int64)
    rank[[seen[string] for string in distinct]] = np.arange(len(distinct))
    return distinct, rank[numbers]
