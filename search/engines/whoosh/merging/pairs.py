"""Pairs of very common stems, found in the positions of a field."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.ranges import offsets


def pairs_of(field: Inverted, common: Iterable[bytes]) -> Inverted:
    """The field of all pairs of these terms where one follows the other at once.

    Every document is a stretch of one long row, in which the common terms are put down where they stand.
    Raises `ValueError` for positions that cannot be.
    """
    numbers = _numbers(field, common)
    terms = [field.terms[number] for number in numbers.tolist()]
    stretches = offsets(field.lengths.astype(np.int64) + 1)  # with a gap: no pair spans two documents
    row = _row(field, numbers, stretches)
    at = np.flatnonzero((row[:-1] >= 0) & (row[1:] >= 0))
    names, pair = _named(terms, row[at].astype(np.int64) * len(terms) + row[at + 1])
    order = np.argsort(pair, kind="stable")  # which keeps documents and positions ascending in a pair
    at, pair = at[order], pair[order]
    document = np.searchsorted(stretches, at, side="right") - 1
    first = np.ones(len(at), np.bool_)
    first[1:] = (pair[1:] != pair[:-1]) | (document[1:] != document[:-1])
    postings = np.flatnonzero(first)
    return Inverted(
        terms=names,
        starts=offsets(np.bincount(pair[postings], minlength=len(names))),
        documents=document[postings].astype(np.int32),
        lengths=np.bincount(document, minlength=len(field.lengths)).astype(np.int32),
        frequencies=np.diff(np.append(postings, len(at))).astype(np.int32),
        positions=(at - stretches[document]).astype(np.int32),
    )


def _numbers(field: Inverted, common: Iterable[bytes]) -> NDArray[np.int64]:
    wanted = frozenset(common)
    return np.array([number for number, term in enumerate(field.terms) if term in wanted], np.int64)


def _row(field: Inverted, numbers: Ints, stretches: Ints) -> NDArray[np.int32]:
    """Which of the terms stands where, by its place in `numbers`; -1 where none does."""
    if field.frequencies is None or field.positions is None:
        raise ValueError("a field without positions has no pairs")
    row = np.full(stretches[-1], -1, np.int32)
    place_of = offsets(field.frequencies)
    for place, number in enumerate(numbers.tolist()):
        postings = slice(int(field.starts[number]), int(field.starts[number + 1]))
        documents = np.repeat(field.documents[postings], field.frequencies[postings])
        positions = field.positions[place_of[postings.start] : place_of[postings.stop]]
        if np.any(positions >= field.lengths[documents]):
            raise ValueError("a position is beyond the end of its text")
        row[stretches[documents] + positions] = place
    return row


def _named(terms: list[bytes], pairs: NDArray[np.int64]) -> tuple[list[bytes], NDArray[np.int64]]:
    """The names of the pairs there are, in order, and the number among them of each pair."""
    there = np.unique(pairs).tolist()
    names = {pair: terms[pair // len(terms)] + b" " + terms[pair % len(terms)] for pair in there}
    in_order = sorted(there, key=names.__getitem__)
    rank = np.zeros(len(terms) ** 2, np.int64)
    rank[in_order] = np.arange(len(in_order))
    return [names[pair] for pair in in_order], rank[pairs]
