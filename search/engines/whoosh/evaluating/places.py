"""Where words stand together: places in the text of all documents, as ascending arrays.

The texts of all documents are thought of as one, in which each is followed by one empty place. So
a word's places in all documents are one array of numbers, and words that follow each other in it are
never those of two documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.evaluating.hits import Documents
from search.engines.whoosh.segment.field import Positions

Places = Ints
"""Places, ascending and distinct, all of one kind of number in a field."""


DENSE: Final = 256
"""A word at one place in so many, or more, is very common."""
_BLOCK: Final = 1 << 19
"""Places that are marked at once."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each document's text begins. `starts` has one entry more than there are documents."""

    starts: Places

    @classmethod
    def of(cls, lengths: Ints) -> Layout:
        """Documents of these lengths."""
        starts = np.zeros(len(lengths) + 1, np.int64)
        np.cumsum(lengths, dtype=np.int64, out=starts[1:])
        starts += np.arange(len(starts))
        # Half as many bytes are searched in half the time.
        return cls(starts.astype(np.int32) if starts[-1] < np.iinfo(np.int32).max // 2 else starts)

    @property
    def nbytes(self) -> int:
        """What it takes in a cache."""
        return self.starts.nbytes

    def places(self, documents: Ints, positions: Positions) -> Places:
        """The places of a term that is in these documents at these positions."""
        counts = positions.starts[1:] - positions.starts[:-1]
        places: Places = self.starts.take(documents).repeat(counts)
        places += positions.places.astype(places.dtype, copy=False)
        return places

    def is_dense(self, places: Places) -> bool:
        """Whether a word stands at so many places that a set of them is worth its memory."""
        return len(places) * DENSE > int(self.starts[-1])

    def documents(self, places: Places) -> Documents:
        """The document of each place."""
        found = self.starts.searchsorted(places, side="right")
        found -= 1
        return found.astype(np.int32)


@dataclass(frozen=True, slots=True)
class PlaceSet:
    """Very many places, of which it is only asked whether others are among them: one bit for each place.

    To look at a bit takes a tenth of searching a long array, most of which is in no cache.
    """

    count: int
    bits: NDArray[np.uint8]

    @classmethod
    def of(cls, places: Places, layout: Layout) -> PlaceSet:
        """The set of some places."""
        bounds = np.arange(0, int(layout.starts[-1]) + _BLOCK, _BLOCK).astype(places.dtype)
        bits = np.zeros(len(bounds) * _BLOCK // 8, np.uint8)
        # Block by block, each of which stays in the processor's cache until its bytes are bits.
        for block, (first, last) in enumerate(pairwise(places.searchsorted(bounds).tolist())):
            marked = np.zeros(_BLOCK, np.bool_)
            marked[places[first:last] - bounds[block]] = True
            packed = np.packbits(marked, bitorder="little")
            bits[block * len(packed) : (block + 1) * len(packed)] = packed
        return cls(len(places), bits)

    def __len__(self) -> int:
        return self.count

    @property
    def nbytes(self) -> int:
        """What it takes in a cache."""
        return self.bits.nbytes

    def has(self, places: Places) -> Bools:
        """Which of these places are among them."""
        bits = self.bits.take(places >> 3, mode="clip") >> (places & 7).astype(np.uint8)
        found: Bools = (bits & 1).view(np.bool_)
        return found


def together(several: Sequence[Places], layout: Layout) -> Places:
    """The places of any of several terms, of which no two stand at one place."""
    if len(several) == 1:
        return several[0]
    places = np.concatenate([np.zeros(0, layout.starts.dtype), *several])
    places.sort()
    return places


def distinct(documents: Documents) -> Documents:
    """Ascending numbers, each once."""
    if len(documents) < 2:
        return documents
    first = np.ones(len(documents), np.bool_)
    np.not_equal(documents[1:], documents[:-1], out=first[1:])
    return documents[first]


def followed(starts: Places, offset: int, places: Places | PlaceSet) -> Places:
    """Those of the places where phrases may begin, after which a word stands so many places on."""
    if not len(starts) or not len(places):
        return starts[:0]
    wanted = starts + offset
    if isinstance(places, PlaceSet):
        there = places.has(wanted)
    else:
        there = places.take(places.searchsorted(wanted), mode="clip") == wanted
    return starts.take(there.nonzero()[0])


def near(words: Sequence[Places], slop: int, layout: Layout) -> Places:
    """Where first words stand that the others follow in order, with at most `slop` others among them.

    From each first place the nearest next ones are best, so no other choice needs to be tried.
    """
    starts, rest = words[0], words[1:]
    ends = starts
    for places in rest:
        following = places.searchsorted(ends, side="right")
        there = (following < len(places)).nonzero()[0]
        starts, ends = starts.take(there), places.take(following.take(there))
    close = (ends - starts <= len(rest) + slop) & (layout.documents(starts) == layout.documents(ends))
    found: Places = starts.take(close.nonzero()[0])
    return found


def chained(words: Sequence[Places], slop: int, layout: Layout) -> Places:
    """Where the last word stands, each at most `slop` places after the one before: `whoosh.query.Phrase`."""
    reached, rest = words[0], words[1:]
    for places in rest:
        texts = layout.starts.take(layout.documents(places))
        first = reached.searchsorted(np.maximum(places - slop, texts))
        there = (reached.searchsorted(places) > first).nonzero()[0]
        reached = places.take(there)
    return reached
