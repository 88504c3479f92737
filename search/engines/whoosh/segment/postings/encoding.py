"""Encodes the postings of all terms of a field at once, as `posting_arrays.py` says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.postings import rice
from search.engines.whoosh.segment.postings.bits import PADDING, pack
from search.engines.whoosh.segment.postings.posting_arrays import MILE, STRIDE, WORTH_MILESTONES, width
from search.engines.whoosh.segment.postings.shapes import COUNTED, FREQUENT, UNCOUNTED
from search.engines.whoosh.segment.spans import edges, sizes, spans

_PORTION: Final = 1 << 18
"""Postings that are looked at together, unless one term has more."""

_WHOLE_BYTES: Final = 1 << 16
"""Rare places that are packed together: so many take whole bytes, whatever their width."""

_BATCH: Final = 1 << 16
"""Occurrences of frequent terms that are encoded at once, unless one has more: few enough to stay near the
processor, which makes it twice as quick as with a million."""


def encode_postings(inverted: Inverted) -> dict[str, NDArray[Any]]:
    """The arrays of a field.

    Terms are encoded portion by portion: besides the arrays, it takes little memory.
    """
    extents, table = _extents(inverted), UNCOUNTED if inverted.frequencies is None else COUNTED
    offsets = edges(extents) if inverted.positions is not None else np.arange(len(extents) + 1)
    shapes, rare, frequent = [], [], []
    for field in _fields(inverted):
        shapes.append(table.of(field.have, field.occur))
        rare.append(_rare(field, np.where(shapes[-1] == FREQUENT, 0, field.occur), offsets))
        frequent += _frequent(field, np.flatnonzero(shapes[-1] == FREQUENT))
    return {
        "shapes": np.concatenate(shapes),
        "lengths": smallest(inverted.lengths),
        **({"extents": smallest(extents)} if (extents > inverted.lengths).any() else {}),
        **_arrays_of_rare(rare, width(offsets)),
        **_arrays_of_frequent(frequent),
    }


@dataclass(frozen=True, slots=True)
class _Field:
    """Consecutive terms of a field to encode: posting `p` has the positions `ends[p]:ends[p + 1]`."""

    first: int
    """The number of the first term."""
    inverted: Inverted
    ends: NDArray[np.int64]
    have: NDArray[np.int64]
    """In how many documents each term is."""
    occur: NDArray[np.int64]
    """How often each term occurs."""


def _fields(inverted: Inverted) -> Iterator[_Field]:
    """All terms of a field, in portions; there is one even of no terms."""
    ends = np.flatnonzero(np.diff(inverted.starts[:-1] // _PORTION)) + 1
    position = 0
    for first, last in pairwise([0, *ends.tolist(), len(inverted.starts) - 1]):
        starts = inverted.starts[first : last + 1]
        postings = slice(starts[0], starts[-1])
        times = None if inverted.frequencies is None else inverted.frequencies[postings]
        places = np.arange(starts[-1] - starts[0] + 1) if times is None else edges(times)
        positions = inverted.positions
        if positions is not None:
            positions = positions[position : position + places[-1]]
            position += int(places[-1])
        part = Inverted(
            terms=(),
            starts=starts - starts[0],
            documents=inverted.documents[postings],
            lengths=inverted.lengths,
            frequencies=times,
            positions=positions,
        )
        yield _Field(first, part, places, sizes(part.starts), sizes(places[part.starts]))


def _extents(inverted: Inverted) -> NDArray[np.int64]:
    """One more than the last position in each document, or its length, where that is more."""
    extents = inverted.lengths.astype(np.int64)
    if inverted.positions is None:
        return extents
    for field in _fields(inverted):
        if field.inverted.positions is not None:
            beyond, documents = field.inverted.positions[field.ends[1:] - 1] + 1, field.inverted.documents
            late = np.flatnonzero(beyond > inverted.lengths[documents])
            np.maximum.at(extents, documents[late], beyond[late])
    return extents


def _rare(
    field: _Field, occur: NDArray[np.int64], offsets: NDArray[np.int64]
) -> tuple[NDArray[np.int64], Ints]:
    """How often terms occur that occur so often, none for others; and the places where they do."""
    inverted, terms = field.inverted, np.flatnonzero(occur)
    postings = spans(inverted.starts[terms], field.have[terms])
    documents = np.repeat(inverted.documents[postings], field.ends[postings + 1] - field.ends[postings])
    if inverted.positions is None:
        return occur, smallest(documents)
    positions = inverted.positions[spans(field.ends[inverted.starts[terms]], occur[terms])]
    return occur, smallest(offsets[documents] + positions)


def _arrays_of_rare(parts: Sequence[tuple[NDArray[np.int64], Ints]], wide: int) -> dict[str, NDArray[Any]]:
    occur = np.concatenate([each for each, _ in parts])
    places = np.concatenate([each for _, each in parts])
    packed = [
        pack(some, np.arange(len(some)) * wide, len(some) * wide + 7 >> 3)
        for some in np.split(places, range(_WHOLE_BYTES, len(places), _WHOLE_BYTES))
    ]
    return {
        "rare": np.concatenate([*packed, np.zeros(PADDING, np.uint8)]),
        "rare_starts": smallest(edges(occur)[::STRIDE]),
    }


def _frequent(field: _Field, terms: NDArray[np.int64]) -> list[_Encoded]:
    batches = np.flatnonzero(np.diff(edges(field.occur[terms])[:-1] // _BATCH)) + 1
    return [_lists(field, batch) for batch in np.split(terms, batches)]


def _arrays_of_frequent(parts: Sequence[_Encoded]) -> dict[str, NDArray[Any]]:
    return {
        "frequent": smallest(np.concatenate([part.terms for part in parts])),
        "frequent_documents": smallest(np.concatenate([part.have for part in parts])),
        "occurrences": smallest(np.concatenate([part.occur for part in parts])),
        "lows": np.concatenate([part.lows for part in parts]),
        "list_starts": smallest(edges(np.concatenate([part.sizes for part in parts]))),
        "lists": np.concatenate([*(part.data for part in parts), np.zeros(PADDING, np.uint8)]),
        "milestones": smallest(np.concatenate([part.milestones for part in parts])),
    }


@dataclass(frozen=True, slots=True)
class _Encoded:
    """Some frequent terms: their streams, how many bytes each takes, and what is beside them."""

    terms: NDArray[np.int64]
    have: NDArray[np.int64]
    occur: NDArray[np.int64]
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
    return _Encoded(field.first + terms, have, occur, data, size, lows.astype(np.uint8), _milestones(lists))


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
