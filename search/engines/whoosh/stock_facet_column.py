"""One keyword facet as columns: which posts have which values, and how each value is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.documents import folded


@dataclass(frozen=True)
class FacetColumn:
    """The values of one keyword facet.

    `owner` and `spelling` are as long as there are values on posts: which post has which spelling.
    Spellings that fold alike are one value; `codes` numbers values in the order of `labels`, which
    shows each in its most common spelling.
    """

    spellings: tuple[str, ...]
    owner: Ints
    spelling: Ints

    @classmethod
    def of(cls, values_of_posts: Sequence[Sequence[str]]) -> FacetColumn:
        """The column of what each post has, as written."""
        spellings: dict[str, int] = {}
        owner: list[int] = []
        spelling: list[int] = []
        for post, values in enumerate(values_of_posts):
            for value in values:
                owner.append(post)
                spelling.append(spellings.setdefault(value, len(spellings)))
        return cls(tuple(spellings), np.array(owner, np.int32), np.array(spelling, np.int32))

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(folded(spelling) for spelling in self.spellings)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The values, folded, in order."""
        return tuple(sorted(set(self._folded)))

    @cached_property
    def code_of(self) -> Mapping[str, int]:
        """The number of each folded value."""
        return {value: code for code, value in enumerate(self.values)}

    @cached_property
    def codes(self) -> Ints:
        """The number of the value on each `owner`."""
        of_spelling = np.array([self.code_of[value] for value in self._folded], np.int32)
        return of_spelling[self.spelling]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The most common spelling of each value; of equally common ones the first."""
        used = np.bincount(self.spelling, minlength=len(self.spellings)).tolist()
        in_use = zip(used, self.spellings, self._folded, strict=True)
        best_first = sorted(in_use, key=lambda entry: (-entry[0], entry[1]))
        shown: dict[str, str] = {}
        for _, spelling, value in best_first:
            shown.setdefault(value, spelling)
        return tuple(shown[value] for value in self.values)

    def having(self, values: Iterable[str], posts: int) -> Bools:
        """Which posts have any of these values, whatever their case and accents."""
        codes = [self.code_of[value] for value in map(folded, values) if value in self.code_of]
        mask = np.zeros(posts, bool)
        mask[self.owner[np.isin(self.codes, codes)]] = True
        return mask

    def counts(self, mask: Bools) -> Ints:
        """How many of the posts in `mask` have each value."""
        return np.bincount(self.codes[mask[self.owner]], minlength=len(self.values))
