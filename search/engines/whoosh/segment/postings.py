"""The postings of a field on disk: in place where a term is rare, as ascending lists where it is frequent.

    shapes              a byte a term: how often it is where (`shapes.py`)
    rare                postings of rare terms, as numbers of two bytes (four, if one needs them). A term's
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
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.segment import ascending
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.shapes import DOCUMENTS, FREQUENT, OCCURRENCES, shapes
from search.engines.whoosh.segment.spans import edges, spans

STRIDE: Final = 64
"""How many terms share an entry of `rare_starts`."""


def rare_sizes(width: int, *, places: bool) -> NDArray[np.int64]:
    """How many numbers of so many bytes the postings of a term of each shape take."""
    counts = np.where(OCCURRENCES > DOCUMENTS, -(-DOCUMENTS // width), 0)
    return DOCUMENTS + counts + (OCCURRENCES if places else 0)


def encode_postings(inverted: Inverted) -> dict[str, NDArray[Any]]:
    """The arrays of a field."""
    have = np.diff(inverted.starts)
    ends = edges(inverted.frequencies) if inverted.frequencies is not None else np.arange(have.sum() + 1)
    field = _Field(inverted, ends, have, np.diff(ends[inverted.starts]))
    extents = _extents(field)
    chosen = shapes(field.have, field.occur)
    return {
        "shapes": chosen,
        "lengths": smallest(inverted.lengths),
        **({"extents": smallest(extents)} if (extents > inverted.lengths).any() else {}),
        **_rare(field, chosen, extents),
        **_frequent(field, np.flatnonzero(chosen == FREQUENT), extents),
    }


@dataclass(frozen=True, slots=True)
class _Field:
    """A field to encode: posting `p` has the positions `ends[p]:ends[p + 1]`."""

    inverted: Inverted
    ends: NDArray[np.int64]
    have: NDArray[np.int64]
    """In how many documents each term is."""
    occur: NDArray[np.int64]
    """How often each term occurs."""


def _extents(field: _Field) -> NDArray[np.int64]:
    """One more than the last position in each document, or its length, where that is more."""
    extents = field.inverted.lengths.astype(np.int64)
    if field.inverted.positions is not None and len(field.inverted.documents):
        np.maximum.at(extents, field.inverted.documents, field.inverted.positions[field.ends[1:] - 1] + 1)
    return extents


def _rare(field: _Field, chosen: Ints, extents: Ints) -> dict[str, NDArray[Any]]:
    inverted = field.inverted
    wide = max(len(inverted.lengths), int(extents.max(initial=0))) > 1 << 16
    kind = np.dtype("<u4" if wide else "<u2")
    bounds = edges(rare_sizes(kind.itemsize, places=inverted.positions is not None)[chosen])
    rare = np.zeros(bounds[-1], kind)
    terms = np.flatnonzero((chosen != 0) & (chosen != FREQUENT))
    start, first, have = bounds[terms], inverted.starts[terms], field.have[terms]
    rare[spans(start, have)] = inverted.documents[spans(first, have)]
    if inverted.positions is not None:
        occur = field.occur[terms]
        rare[spans(bounds[terms + 1] - occur, occur)] = inverted.positions[spans(field.ends[first], occur)]
    if inverted.frequencies is not None:
        some = field.occur[terms] > have
        places = spans((start + have)[some] * kind.itemsize, have[some])
        rare.view(np.uint8)[places] = inverted.frequencies[spans(first[some], have[some])]
    return {"rare": rare, "rare_starts": smallest(bounds[::STRIDE])}


def _frequent(field: _Field, terms: NDArray[np.int64], extents: Ints) -> dict[str, NDArray[Any]]:
    inverted = field.inverted
    have, occur = field.have[terms], field.occur[terms]
    postings = spans(inverted.starts[terms], have)
    documents = inverted.documents[postings]
    many = np.full(len(terms), len(inverted.lengths))
    counted = np.where(occur > have, have, 0)
    sums = field.ends[postings + 1] - np.repeat(field.ends[inverted.starts[terms]], have) - 1
    lists: list[tuple[Ints, Ints, Ints]] = [
        (documents, have, many),
        (sums[np.repeat(occur > have, have)], counted, occur),
    ]
    if inverted.positions is not None:
        offsets = edges(extents[documents])
        bounds = offsets[edges(have)]
        times = np.diff(field.ends)[postings]
        moved = np.repeat(offsets[:-1] - np.repeat(bounds[:-1], have), times)
        places = inverted.positions[spans(field.ends[inverted.starts[terms]], occur)]
        lists.append((places + moved, occur, np.diff(bounds)))
    sizes = [ascending.sizes(counts, universes) for _, counts, universes in lists]
    starts = edges(np.sum(sizes, axis=0))
    out, start = np.zeros(starts[-1], np.uint8), starts[:-1]
    for (values, counts, universes), size in zip(lists, sizes, strict=True):
        ascending.encode(values, counts, universes, start, out)
        start = start + size
    return {
        "frequent": smallest(terms),
        "frequent_documents": smallest(have),
        "occurrences": smallest(occur),
        "list_starts": smallest(starts),
        "lists": out,
    }
