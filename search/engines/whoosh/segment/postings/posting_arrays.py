"""The postings of a field as they lie on disk: numbers of one width for rare terms, lists for frequent ones.

All documents of a field are one text here, one after the other; a place in it tells a document and a
position in this document. In a field without positions, a place is a document's number.

    shapes              a byte a term: how often it is where (`shapes.py`)
    rare                places of rare terms, in as many bits each as the last place needs (`bits.py`)
    rare_starts         how many places there are before those of every 64th term
    frequent            the numbers of the terms that are not rare, ascending; and beside it
    frequent_documents  in how many documents each of these is, and
    occurrences         how often, and
    lows                with how many low bits its lists are written: of documents, times 16, and of positions
    list_starts         where in `lists` each of them begins, and where the last one ends
    lists               three lists a frequent term, as their steps (`rice.py`): its documents; how often
                        these have it (nothing if each has it once); its positions, from -1 on in each
                        document
    milestones          of terms that occur very often: after how many bits of unary parts the position
                        with each number comes that is a multiple of 512
    extents             how many positions each document has, if that is more than its length anywhere

What does not apply to a field is left out: a field of documents only has neither counts nor positions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.postings import rice
from search.engines.whoosh.segment.postings.bits import PADDING
from search.engines.whoosh.segment.postings.shapes import COUNTED, UNCOUNTED, Shapes
from search.engines.whoosh.segment.spans import edges

STRIDE: Final = 64
"""How many terms share an entry of `rare_starts`."""

MILE: Final = 512
"""How many positions share a milestone."""
WORTH_MILESTONES: Final = 8_192
"""How often a term occurs that has none: to read some of its positions takes as long as to read all."""


def width(offsets: Ints) -> int:
    """How many bits a place has, where documents begin at these offsets and all end at the last one."""
    return max(int(offsets[-1]) - 1, 1).bit_length()


def milestones(occurrences: Ints) -> NDArray[np.int64]:
    """How many milestones terms have that occur so often."""
    wide = np.asarray(occurrences, np.int64)
    return np.where(wide > WORTH_MILESTONES, -(-wide // MILE), 0)


@dataclass(frozen=True)
class PostingArrays:
    """The arrays of a field, and whether it has counts and positions."""

    counts: bool
    places: bool
    lengths: Ints
    extents: Ints
    shapes: NDArray[np.uint8]
    rare: NDArray[np.uint8]
    rare_starts: Ints
    frequent: Ints
    have: Ints
    occur: Ints
    lows: NDArray[np.uint8]
    list_starts: Ints
    lists: NDArray[np.uint8]
    milestones: Ints

    @classmethod
    def read(cls, file: ArrayFile, name: str, terms: int, documents: int) -> Self:
        """The arrays of a field of so many terms; raises `ValueError` where one is not there."""

        def array(part: str, count: int | None = None) -> NDArray[Any]:
            return file.array(f"{name}.{part}", "u", count=count)

        frequent = array("frequent")
        return cls(
            counts=bool(file.fact(f"{name}.counts")),
            places=bool(file.fact(f"{name}.places")),
            lengths=array("lengths", documents),
            extents=array("extents" if f"{name}.extents" in file.arrays else "lengths", documents),
            shapes=array("shapes", terms),
            rare=array("rare"),
            rare_starts=array("rare_starts", terms // STRIDE + 1),
            frequent=frequent,
            have=array("frequent_documents", len(frequent)),
            occur=array("occurrences", len(frequent)),
            lows=array("lows", len(frequent)),
            list_starts=array("list_starts", len(frequent) + 1),
            lists=array("lists"),
            milestones=array("milestones"),
        )

    @property
    def table(self) -> Shapes:
        """What the shapes mean."""
        return COUNTED if self.counts else UNCOUNTED

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        """At which place each document begins, and where the last one ends."""
        return edges(self.extents) if self.places else np.arange(len(self.lengths) + 1)

    @cached_property
    def width(self) -> int:
        """How many bits a place of a rare term has."""
        return width(self.offsets)

    @cached_property
    def mile_starts(self) -> NDArray[np.int64]:
        """Where the milestones of each frequent term begin, and where the last ones end."""
        return edges(milestones(self.occur))

    def streams(self, rows: Ints) -> rice.Streams:
        """The streams of some frequent terms; raises `ValueError` where they cannot be."""
        have, occur = self.have[rows].astype(np.int64), self.occur[rows].astype(np.int64)
        starts = self.list_starts[rows].astype(np.int64)
        ends = self.list_starts[np.asarray(rows) + 1].astype(np.int64)
        if (have < 1).any() or (have > np.minimum(occur, len(self.lengths))).any():
            raise ValueError("a term is in more documents than it can be")
        if (starts > ends).any() or (ends > len(self.lists) - PADDING).any():
            raise ValueError("a list is too short for its term")
        counted = np.where(occur > have, have, 0)
        lows = self.lows[rows].astype(np.int64)
        lists = [rice.Lists(have, lows >> 4), rice.Lists(counted, rice.lows_for(counted, occur))]
        if self.places:
            lists.append(rice.Lists(occur, lows & 15))
        return rice.Streams(starts, ends, lists)
