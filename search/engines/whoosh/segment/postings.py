"""Encodes the postings of all terms of a field at once, as `posting_arrays.py` says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.segment import ascending
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.posting_arrays import STRIDE, rare_sizes
from search.engines.whoosh.segment.shapes import FREQUENT, shapes
from search.engines.whoosh.segment.spans import edges, spans


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
    extents = field.inverted.lengths.astype(np.int64)
    if field.inverted.positions is not None and len(field.inverted.documents):
        np.maximum.at(extents, field.inverted.documents, field.inverted.positions[field.ends[1:] - 1] + 1)
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
