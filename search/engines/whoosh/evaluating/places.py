"""Where words stand together: positions in many documents at once, as one ascending array of numbers.

A place is `document << 32 | position`, where documents are counted among those looked at, so that places of
different documents are never near each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.field import Positions

Standing = NDArray[np.int64]
"""Places, ascending and distinct."""

_DOCUMENT: Final = 32


def standing(documents: Ints, positions: Positions) -> Standing:
    """The places of a term, of whose documents these are the numbers among those looked at."""
    counts = np.diff(positions.starts)
    places = documents.astype(np.int64).repeat(counts)
    places <<= _DOCUMENT
    places += positions.places
    return places


def together(several: Sequence[Standing]) -> Standing:
    """The places of any of several terms, of which no two stand at one place."""
    if len(several) == 1:
        return several[0]
    places = np.concatenate([np.zeros(0, np.int64), *several])
    places.sort()
    return places


def documents_of(places: Standing) -> Ints:
    """The documents, ascending and distinct, in which there are any."""
    documents = places >> _DOCUMENT
    if len(documents) < 2:
        return documents
    first = np.ones(len(documents), np.bool_)
    np.not_equal(documents[1:], documents[:-1], out=first[1:])
    return documents[first]


def adjacent(words: Sequence[tuple[int, Standing]]) -> Standing:
    """The beginnings of phrases: where each word stands as many places on as is said beside it."""
    (offset, places), *others = sorted(words, key=lambda word: len(word[1]))
    starts = places - offset
    for offset, places in others:
        if not len(starts) or not len(places):
            return np.zeros(0, np.int64)
        wanted = starts + offset
        starts = starts[places.take(places.searchsorted(wanted), mode="clip") == wanted]
    return starts


def near(words: Sequence[Standing], slop: int) -> Standing:
    """Where the first words stand that the others follow in order, with at most `slop` others among them.

    From each first place the nearest next ones are best, so no other choice needs to be tried.
    """
    starts, *rest = words
    ends = starts
    for places in rest:
        following = places.searchsorted(ends, side="right")
        there = following < len(places)
        starts, following = starts[there], following[there]
        ends = places.take(following)
    # No two places of different documents are within any slop: a position has 32 bits.
    return starts[ends - starts <= len(rest) + slop]


def chained(words: Sequence[Standing], slop: int) -> Standing:
    """Where the last word stands, each at most `slop` places after the one before: `whoosh.query.Phrase`."""
    reached, *rest = words
    for places in rest:
        before = reached.searchsorted(places)
        reached = places[before > reached.searchsorted(places - slop)]
    return reached
