"""The sets of values that posts have: there are far fewer than posts, each of which has the number of one.

Posts of one author have the same authors, and those of a series the same tags. So to count the values of many
posts is to count their sets, one number a post, and then to add up each value's sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints, smallest
from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.spans import edges, sizes, spans

_ARRAYS: Final = ("of_post", "set_starts", "set_codes", "code_starts", "code_sets")

_FEW: Final = 4
"""Posts are few where there are fewer than one for so many sets: then only their own sets are looked at."""
_SCANNED: Final = 8
"""Up to how many sets an array of many posts' is scanned for one after the other."""
_MANY: Final = 4_096
"""How many posts are many."""


@dataclass(frozen=True)
class ValueSets:
    """Which values each post has. Values are numbers: codes.

    `of_post` has the number of each post's set. The codes of set `s` are `set_codes` from `set_starts[s]`
    until `set_starts[s + 1]`, ascending; the sets with code `c` are `code_sets` from `code_starts[c]` on.
    """

    of_post: Ints
    set_starts: Ints
    set_codes: Ints
    code_starts: Ints
    code_sets: Ints

    @classmethod
    def of(cls, owners: Ints, codes: Ints, posts: int, values: int) -> Self:
        """The sets of so many posts, given as pairs of a post and a code below `values`, ascending."""
        counts = np.bincount(owners, minlength=posts)
        starts = edges(counts)
        example, of_post = _alike(starts, codes)
        set_codes = codes[spans(starts[example], counts[example])]
        by_code = np.argsort(set_codes, kind="stable")
        return cls(
            of_post=smallest(of_post),
            set_starts=smallest(edges(counts[example])),
            set_codes=smallest(set_codes),
            code_starts=smallest(edges(np.bincount(set_codes, minlength=values))),
            code_sets=smallest(np.repeat(np.arange(len(example)), counts[example])[by_code]),
        )

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What `read` reads under a name, to be written into a file."""
        return {f"{name}.{each}": getattr(self, each) for each in _ARRAYS}

    @classmethod
    def read(cls, file: ArrayFile, name: str, posts: int, values: int) -> Self:
        """What `arrays` described; raises `ValueError` where it contradicts itself."""
        pairs = len(file.array(f"{name}.set_codes"))
        starts = file.dividing(f"{name}.set_starts", pairs)
        sets = len(starts) - 1
        return cls(
            of_post=file.below(f"{name}.of_post", sets, count=posts),
            set_starts=starts,
            set_codes=file.below(f"{name}.set_codes", values),
            code_starts=file.dividing(f"{name}.code_starts", pairs, count=values),
            code_sets=file.below(f"{name}.code_sets", sets, count=pairs),
        )

    @property
    def has_empty(self) -> bool:
        """Whether there is a post without any value."""
        return bool(np.any(self.set_starts[1:] == self.set_starts[:-1]))

    def counts(self, posts: Ints) -> NDArray[np.int64]:
        """How many of these posts, each given once, have each code."""
        sets = self.of_post.take(posts)
        if _FEW * len(sets) >= len(self._sizes):
            return self._by_code(self._count(sets))
        codes = self.set_codes.take(spans(self.set_starts.take(sets), self._sizes.take(sets)))
        return np.bincount(codes, minlength=len(self.code_starts) - 1)

    def totals(self) -> NDArray[np.int64]:
        """How many of all posts have each code."""
        return self._by_code(self._count(self.of_post))

    def _count(self, sets: Ints) -> NDArray[np.int64]:
        """How often each set is among these."""
        many = len(self._sizes)
        if many <= _SCANNED and len(sets) > _MANY:
            return np.array([np.count_nonzero(sets == each) for each in range(many)], np.int64)
        return np.bincount(sets, minlength=many)

    def _by_code(self, having: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each code the sum over its sets."""
        summed = np.zeros(len(self.code_sets) + 1, np.int64)
        np.cumsum(having.take(self._places), out=summed[1:])
        until = summed.take(self.code_starts)
        return until[1:] - until[:-1]

    @cached_property
    def _sizes(self) -> NDArray[np.int64]:
        return sizes(self.set_starts)

    @cached_property
    def _places(self) -> NDArray[np.intp]:
        """`code_sets` as NumPy takes places without converting them each time."""
        return self.code_sets.astype(np.intp)


def _alike(starts: NDArray[np.int64], codes: Ints) -> tuple[Ints, Ints]:
    """A post for each distinct set of codes, and the number of each post's set.

    Sets are told apart by sums of scrambled codes, and then compared: should two sets have the same sum,
    every post has one of its own.
    """
    summed = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(_scrambled(codes), out=summed[1:])
    _, example, of_post = np.unique(
        summed[starts[1:]] - summed[starts[:-1]], return_index=True, return_inverse=True
    )
    counts = sizes(starts)
    first = example[of_post]
    alike: Bools = counts[first] == counts
    if alike.all() and np.array_equal(codes[spans(starts[first], counts)], codes):
        return example, of_post
    every = np.arange(len(counts))
    return every, every


def _scrambled(codes: Ints) -> NDArray[np.uint64]:
    """Numbers without any order: the output function of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014)."""
    mixed = (codes.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
