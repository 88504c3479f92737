"""Encodes the postings of all terms of a field at once, as `posting_arrays.py` says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.segment import ascending
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.posting_arrays import STRIDE, rare_sizes
from search.engines.whoosh.segment.shapes import FREQUENT, shapes
from search.engines.whoosh.segment.spans import edges, spans

_BATCH: Final = 1 << 20
"""Occurrences of frequent terms that are encoded at once, unless one has more: some 50 MB of memory."""


def encode_postings(inverted: Inverted) -> dict[str, NDArray[Any]]:
    """The arrays of a field."""
    have = np.diff(inverted.starts)
    ends = edges(inverted.frequencies) if inverted.frequencies is not None else np.arange(have.sum() + 1)
    field = _Field(inverted, ends, have, np.diff(ends[inverted.starts]))
    extents = _extents(field)
    chosen = shapes(field.have, field.occur)
    chosen[_far_away(field)] = FREQUENT
    return {
        "shapes": chosen,
        "lengths": smallest(inverted.lengths),
        **({"extents": smallest(extents)} if (extents > inverted.lengths).any() else {}),
        **_rare(field, chosen),
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
    inverted = field.inverted
    extents = inverted.lengths.astype(np.int64)
    if inverted.positions is not None:
        beyond = inverted.positions[field.ends[1:] - 1] + 1
        late = np.flatnonzero(beyond > inverted.lengths[inverted.documents])
        np.maximum.at(extents, inverted.documents[late], beyond[late])
    return extents


def _far_away(field: _Field) -> NDArray[np.int64]:
    """The terms that stand beyond what two bytes hold, which only lists can say."""
    if field.inverted.positions is None:
        return np.zeros(0, np.int64)
    far = np.flatnonzero(field.inverted.positions >= 1 << 16)
    return np.unique(np.searchsorted(field.ends[field.inverted.starts], far, "right") - 1)


def _rare(field: _Field, chosen: Ints) -> dict[str, NDArray[Any]]:
    inverted = field.inverted
    kind = np.dtype("<u2" if len(inverted.lengths) <= 1 << 16 else "<u4")
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
    have, occur = field.have[terms], field.occur[terms]
    batches = np.flatnonzero(np.diff(edges(occur)[:-1] // _BATCH)) + 1
    encoded = [_lists(field, batch, extents) for batch in np.split(terms, batches)]
    return {
        "frequent": smallest(terms),
        "frequent_documents": smallest(have),
        "occurrences": smallest(occur),
        "list_starts": smallest(edges(np.concatenate([sizes for sizes, _ in encoded]))),
        "lists": np.concatenate([data for _, data in encoded]),
    }


def _lists(field: _Field, terms: NDArray[np.int64], extents: Ints) -> tuple[Ints, NDArray[np.uint8]]:
    """How many bytes the lists of each term take, and these bytes."""
    inverted = field.inverted
    have, occur = field.have[terms], field.occur[terms]
    postings = spans(inverted.starts[terms], have)
    documents = inverted.documents[postings]
    counted = np.where(occur > have, have, 0)
    sums = field.ends[postings + 1] - np.repeat(field.ends[inverted.starts[terms]], have) - 1
    lists: list[tuple[Ints, Ints, Ints]] = [
        (documents, have, np.full(len(terms), len(inverted.lengths))),
        (sums[np.repeat(occur > have, have)], counted, occur),
    ]
    if inverted.positions is not None:
        offsets = edges(extents[documents])
        bounds = offsets[edges(have)]
        moved = np.repeat(
            offsets[:-1] - np.repeat(bounds[:-1], have), field.ends[postings + 1] - field.ends[postings]
        )
        moved += inverted.positions[spans(field.ends[inverted.starts[terms]], occur)]
        lists.append((moved, occur, np.diff(bounds)))
    sizes = [ascending.sizes(counts, universes) for _, counts, universes in lists]
    total = np.sum(sizes, axis=0)
    start = edges(total)[:-1]
    out = np.zeros(int(total.sum()), np.uint8)
    for (values, counts, universes), size in zip(lists, sizes, strict=True):
        ascending.encode(values, counts, universes, start, out)
        start = start + size
    return total, out
