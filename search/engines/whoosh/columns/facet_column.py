"""One keyword facet of a generation: which posts have which values, and how each value is shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.columns.selection import Selection
from search.engines.whoosh.columns.value_sets import ValueSets
from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.keyword import Keyword
from search.engines.whoosh.values import folded

_LABELS: Final = 1024
"""How many labels are kept: those that are shown again and again."""


@dataclass(frozen=True, slots=True)
class FacetArrays:
    """What a generation keeps of a facet. Values are numbered in the order of their folded form: codes.
    `sets` has those of each post.

    Values and spellings are numbered through all segments, one after the other. `codes` has the code of each
    value, `value` one such value of each code and `label` the spelling it is shown in. `inner_codes` and
    `inner_starts` are the places within values, in characters, at which a word begins after the first one,
    in the order of what follows there.
    """

    sets: ValueSets
    codes: Ints
    value: Ints
    label: Ints
    inner_codes: Ints
    inner_starts: Ints


_ARRAYS: Final = tuple(name for name in FacetArrays.__slots__ if name != "sets")


def facet_arrays(name: str, facet: FacetArrays) -> dict[str, NDArray[Any]]:
    """What `read_facet` reads, to be written into a file."""
    arrays = {f"{name}.{each}": getattr(facet, each) for each in _ARRAYS}
    return {**arrays, **facet.sets.arrays(name)}


def read_facet(file: ArrayFile, name: str, keywords: Sequence[Keyword], posts: int) -> FacetArrays:
    """The arrays of a facet over these segments; raises `ValueError` where they contradict themselves."""
    count, values = len(file.array(f"{name}.value")), sum(len(keyword.values) for keyword in keywords)
    spellings = sum(len(keyword.spellings) for keyword in keywords)
    return FacetArrays(
        sets=ValueSets.read(file, name, posts, count),
        codes=file.below(f"{name}.codes", count, count=values),
        value=file.below(f"{name}.value", values),
        label=file.below(f"{name}.label", spellings, count=count),
        inner_codes=file.below(f"{name}.inner_codes", count),
        inner_starts=file.array(f"{name}.inner_starts", "u", count=len(file.array(f"{name}.inner_codes"))),
    )


@dataclass(frozen=True)
class FacetColumn:
    """A facet's arrays over the segments that they refer to.

    `keywords` are the segments' own, `post_of` has the number of each document's post by segment. Codes
    ascend with the folded values, so the values that begin with the same letters have consecutive codes.
    """

    posts: int
    keywords: tuple[Keyword, ...]
    post_of: tuple[NDArray[np.int32], ...]
    arrays: FacetArrays

    def __len__(self) -> int:
        """How many values there are, among them some that only deleted posts have."""
        return len(self.arrays.value)

    def value(self, code: int) -> str:
        """A value, folded."""
        number = int(self.arrays.value[code])
        segment = bisect_right(self._first_value, number) - 1
        return self.keywords[segment].values[number - self._first_value[segment]]

    @cached_property
    def label(self) -> Callable[[int], str]:
        """The most common spelling of the value with a code, in which it is shown."""
        return lru_cache(_LABELS)(self._label)

    def _label(self, code: int) -> str:
        number = int(self.arrays.label[code])
        segment = bisect_right(self._first_spelling, number) - 1
        return self.keywords[segment].spellings[number - self._first_spelling[segment]]

    def find(self, value: str) -> int:
        """The code of a folded value, -1 for one that no post has."""
        code = bisect_left(range(len(self)), value, key=self.value)
        found = code < len(self) and self.value(code) == value
        return code if found and self.totals[code] else -1

    def starting(self, prefix: str) -> Ints:
        """The codes, ascending, of values with a word that begins with the folded prefix."""
        codes, inner = range(len(self)), range(len(self.arrays.inner_codes))
        first, last = _span(codes, prefix, self.value)
        first_inner, last_inner = _span(inner, prefix, self._from_inner)
        elsewhere = self.arrays.inner_codes[first_inner:last_inner].astype(np.int64)
        return np.union1d(np.arange(first, last), elsewhere)

    def having(self, values: Iterable[str]) -> Bools:
        """Which posts have any of these values, whatever their case and accents. One entry a post."""
        having = np.zeros(
            self.posts + 1, np.bool_
        )  # one more: the place of deleted posts, whose number is -1
        for code in {self.find(folded(value)) for value in values} - {-1}:
            for segment, keyword in enumerate(self.keywords):
                number = self._number_in(segment, code)
                if number >= 0:
                    owners = keyword.owners[int(keyword.starts[number]) : int(keyword.starts[number + 1])]
                    having[self.post_of[segment][owners]] = True
        return having[: self.posts]

    @cached_property
    def totals(self) -> Ints:
        """How many of all posts have each value."""
        return self.arrays.sets.totals()

    @cached_property
    def values_in_use(self) -> tuple[str, ...]:
        """The values that posts have, folded; "" among them, at the end, where a post has none."""
        used = [self.value(code) for code in np.flatnonzero(self.totals).tolist()]
        return (*used, "") if self.arrays.sets.has_empty else tuple(used)

    def counts(self, selection: Selection) -> Ints:
        """How many of the selected posts have each value."""
        if selection.is_all:
            return self.totals
        if selection.is_most:
            return self.totals - self.arrays.sets.counts(selection.rest.posts)
        return self.arrays.sets.counts(selection.posts)

    def _from_inner(self, place: int) -> str:
        return self.value(int(self.arrays.inner_codes[place]))[int(self.arrays.inner_starts[place]) :]

    def _number_in(self, segment: int, code: int) -> int:
        """The number of a value among those of one segment, -1 where it is not among them."""
        first, last = self._first_value[segment], self._first_value[segment + 1]
        place = bisect_left(self.arrays.codes, code, first, last)
        return place - first if place < last and self.arrays.codes[place] == code else -1

    @cached_property
    def _first_value(self) -> list[int]:
        return [0, *accumulate(len(keyword.values) for keyword in self.keywords)]

    @cached_property
    def _first_spelling(self) -> list[int]:
        return [0, *accumulate(len(keyword.spellings) for keyword in self.keywords)]


def _span(places: range, prefix: str, text: Callable[[int], str]) -> tuple[int, int]:
    """Which of these places, whose texts ascend, have a text that begins with the prefix."""
    first = bisect_left(places, prefix, key=text)
    return first, bisect_right(places, prefix, lo=first, key=lambda place: text(place)[: len(prefix)])
