"""The postings of a field as they lie on disk: in place for rare terms, as ascending lists for frequent ones.

    shapes              a byte a term: how often it is where (`shapes.py`)
    rare                postings of rare terms, as numbers of two bytes (four in a larger segment). A term's
                        are: its documents; if they have it more than once, how often each, as single
                        bytes filled up to a whole number; its positions, document by document
    rare_starts         where in `rare` the postings of every 64th term begin
    frequent            the numbers of the terms that are not rare, ascending; and beside it
    frequent_documents  in how many documents each of these is, and
    occurrences         how often, and
    list_starts         where in `lists` each of them begins, and where the last one ends
    lists               three lists a frequent term (`ascending.py`): its documents; the sums of how
                        often these have it (less one; nothing if each has it once); its positions,
                        counted on through all of its documents as if they were one text
    extents             how many positions each document has, if that is more than its length anywhere

What does not apply to a field is left out: a field of documents only has neither counts nor positions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.shapes import DOCUMENTS, OCCURRENCES

STRIDE: Final = 64
"""How many terms share an entry of `rare_starts`."""


def rare_sizes(width: int, *, places: bool) -> NDArray[np.int64]:
    """How many numbers of so many bytes the postings of a term of each shape take."""
    counts = np.where(OCCURRENCES > DOCUMENTS, -(-DOCUMENTS // width), 0)
    return DOCUMENTS + counts + (OCCURRENCES if places else 0)


@dataclass(frozen=True, slots=True)
class PostingArrays:
    """The arrays of a field, and whether it has counts and positions."""

    counts: bool
    places: bool
    lengths: Ints
    extents: Ints
    shapes: NDArray[np.uint8]
    rare: Ints
    rare_starts: Ints
    frequent: Ints
    have: Ints
    occur: Ints
    list_starts: Ints
    lists: NDArray[np.uint8]

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
            list_starts=array("list_starts", len(frequent) + 1),
            lists=array("lists"),
        )
