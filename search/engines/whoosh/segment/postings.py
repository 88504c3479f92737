"""Encodes the postings of all terms of a field at once, as `posting_arrays.py` says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.segment import rice
from search.engines.whoosh.segment.bits import PADDING, pack
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.posting_arrays import MILE, STRIDE, WORTH_MILESTONES, width
from search.engines.whoosh.segment.shapes import COUNTED, FREQUENT, UNCOUNTED
from search.engines.whoosh.segment.spans import edges, sizes, spans

_BATCH: Final = 1 << 16
"""Occurrences of frequent terms that are encoded at once, unless one has more: few enough to stay near the
processor, which makes it twice as quick as with a million."""


def encode_postings(inverted: Inverted) -> dict[str, NDArray[Any]]:
    """The arrays of a field."""
    have = sizes(inverted.starts)
    ends = edges(inverted.frequencies) if inverted.frequencies is not None else np.arange(have.sum() + 1)
    field = _Field(inverted, ends, have, sizes(ends[inverted.starts]))
    extents = _extents(field)
    table = UNCOUNTED if inverted.frequencies is None else COUNTED
    chosen = table.of(field.have, field.occur)
    return {
        "shapes": chosen,
        "lengths": smallest(inverted.lengths),
        **({"extents": smallest(extents)} if (extents > inverted.lengths).any() else {}),
        **_rare(field, np.where(chosen == FREQUENT, 0, field.occur), extents),
        **_frequent(field, np.flatnonzero(chosen == FREQUENT)),
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


def _rare(field: _Field, occur: NDArray[np.int64], extents: Ints) -> dict[str, NDArray[Any]]:
    """The places of the terms that occur so often; of others, none."""
    inverted, terms = field.inverted, np.flatnonzero(occur)
    postings = spans(inverted.starts[terms], field.have[terms])
    documents = np.repeat(inverted.documents[postings], field.ends[postings + 1] - field.ends[postings])
    offsets = np.arange(len(extents) + 1)
    places = documents.astype(np.int64)
    if inverted.positions is not None:
        offsets = edges(extents)
        places = (
            offsets[documents] + inverted.positions[spans(field.ends[inverted.starts[terms]], occur[terms])]
        )
    wide = width(offsets)
    size = (len(places) * wide + 7 >> 3) + PADDING
    return {
        "rare": pack(places, np.arange(len(places)) * wide, size),
        "rare_starts": smallest(edges(occur)[::STRIDE]),
    }


def _frequent(field: _Field, terms: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    have, occur = field.have[terms], field.occur[terms]
    batches = np.flatnonzero(np.diff(edges(occur)[:-1] // _BATCH)) + 1
    encoded = [_lists(field, batch) for batch in np.split(terms, batches)]
    return {
        "frequent": smallest(terms),
        "frequent_documents": smallest(have),
        "occurrences": smallest(occur),
        "lows": np.concatenate([part.lows for part in encoded]),
        "list_starts": smallest(edges(np.concatenate([part.sizes for part in encoded]))),
        "lists": np.concatenate([*(part.data for part in encoded), np.zeros(PADDING, np.uint8)]),
        "milestones": smallest(np.concatenate([part.milestones for part in encoded])),
    }


@dataclass(frozen=True, slots=True)
class _Encoded:
    """Some frequent terms: their streams, how many bytes each takes, and what is beside them."""

    data: NDArray[np.uint8]
    sizes: NDArray[np.int64]
    lows: NDArray[np.uint8]
    milestones: NDArray[np.int64]


def _lists(field: _Field, terms: NDArray[np.int64]) -> _Encoded:
    inverted = field.inverted
    have, occur = field.have[terms], field.occur[terms]
    postings = spans(inverted.starts[terms], have)
    times = field.ends[postings + 1] - field.ends[postings]
    documents = _steps(inverted.documents[postings], edges(have)[:-1])
    counted = np.where(occur > have, have, 0)
    lists = [
        (documents, rice.Lists(have, rice.best_low(documents, have))),
        (times[np.repeat(occur > have, have)], rice.Lists(counted, rice.lows_for(counted, occur))),
    ]
    lows = lists[0][1].lows << 4
    if inverted.positions is not None:
        positions = inverted.positions[spans(field.ends[inverted.starts[terms]], occur)]
        steps = _steps(positions, edges(times)[:-1])
        lists.append((steps, rice.Lists(occur, rice.best_low(steps, occur))))
        lows |= lists[2][1].lows
    data, size = rice.encode(lists)
    return _Encoded(data, size, lows.astype(np.uint8), _milestones(lists))


def _steps(numbers: Ints, firsts: Ints) -> NDArray[np.int64]:
    """From each number to the next, and from -1 to each of those at these places."""
    wide = numbers.astype(np.int64)
    steps = np.empty_like(wide)
    np.subtract(wide[1:], wide[:-1], out=steps[1:])
    steps[firsts] = numbers[firsts] + 1
    return steps


def _milestones(lists: list[tuple[NDArray[np.int64], rice.Lists]]) -> NDArray[np.int64]:
    """Of each term that occurs very often, where in its unary parts every so many positions begin."""
    found = [np.zeros(0, np.int64)]
    if len(lists) == 3:
        occur = lists[2][1].counts
        before = np.sum([rice.unary_bits(steps, each) for steps, each in lists[:2]], axis=0)
        starts = edges(occur)
        for term in np.flatnonzero(occur > WORTH_MILESTONES).tolist():
            high = lists[2][0][starts[term] : starts[term + 1]] - 1 >> lists[2][1].lows[term]
            found.append(before[term] + edges(high + 1)[:-1:MILE])
    return np.concatenate(found)
