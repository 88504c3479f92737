"""One field of several segments as one, without sorting a posting.

Within a segment the postings of a term are in order already, and stay so when documents are renumbered:
posts first, then comments. So the merged postings of a term are the first segment's posts, the second's
and so on, then the first segment's comments and so on. Counting says where each of these runs begins, and
whole runs are copied there, portion by portion, so that it takes little memory besides what it makes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.merging.renumbering import Renumbering
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.spans import edges, sizes, spans

AT_ONCE: Final = 1 << 19
"""How many postings are copied in one step, unless one term has more."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged field, and for each segment the new number of each of its terms, -1 for one that is gone."""

    field: Inverted
    numbers: tuple[Ints, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment's field: how many posts and comments have each term still, and where these go, by columns."""

    field: Inverted
    renumbering: Renumbering
    counts: NDArray[np.int64]
    begins: NDArray[np.int64]

    def portions(self) -> Iterator[tuple[slice, NDArray[np.int32], NDArray[np.int64]]]:
        """Postings of consecutive terms: where they are, their new documents, where those that stay go."""
        for terms in _portions(self.field.starts):
            postings = slice(int(self.field.starts[terms.start]), int(self.field.starts[terms.stop]))
            places = spans(self.begins[terms].ravel(), self.counts[terms].ravel())
            yield postings, self.renumbering.documents[self.field.documents[postings]], places


def merge_postings(fields: Sequence[Inverted], renumbered: Sequence[Renumbering]) -> Merged:
    """Merge a field of segments (at least one), none of whose terms is the `same` as another field's."""
    counts = [_counts(field, of) for field, of in zip(fields, renumbered, strict=True)]
    terms, numbers = _united(fields, [each.sum(axis=1) for each in counts])
    starts, begins = _begins(len(terms), numbers, counts)
    parts = [_Part(*each) for each in zip(fields, renumbered, counts, begins, strict=True)]
    documents = np.empty(starts[-1], np.int32)
    for part in parts:
        for _, new, places in part.portions():
            documents[places] = new[new >= 0]
    frequencies = _frequencies(parts, len(documents))
    positions = None if frequencies is None else _positions(parts, frequencies)
    lengths = _lengths(fields, renumbered)
    return Merged(Inverted(terms, starts, documents, lengths, frequencies, positions), tuple(numbers))


def _portions(starts: Ints) -> Iterator[slice]:
    """Consecutive terms that together have no more postings than are copied at once, or one that has."""
    ends = np.flatnonzero(sizes(starts[:-1] // AT_ONCE)) + 1 if len(starts) > 1 else np.zeros(0, np.int64)
    bounds = [0, *ends.tolist(), len(starts) - 1]
    return (slice(begin, end) for begin, end in pairwise(bounds) if begin < end)


def _counts(field: Inverted, renumbering: Renumbering) -> NDArray[np.int64]:
    """How many posts (column 0) and comments (column 1) have each term and stay."""
    counts = np.zeros((len(field.terms), 2), np.int64)
    for terms in _portions(field.starts):
        starts = field.starts[terms.start : terms.stop + 1]
        new = renumbering.documents[field.documents[starts[0] : starts[-1]]]
        is_comment = new >= renumbering.first_comment
        for column, those in enumerate(((new >= 0) & ~is_comment, is_comment)):
            counts[terms, column] = sizes(edges(those)[starts - starts[0]])
    return counts


def _united(fields: Sequence[Inverted], having: Sequence[Ints]) -> tuple[list[bytes], list[Ints]]:
    """All terms that still have a document, in order, and the number among them of each segment's terms."""
    in_use = [
        [field.terms[number] for number in np.flatnonzero(counts).tolist()]
        for field, counts in zip(fields, having, strict=True)
    ]
    united = dict.fromkeys(sorted(term for terms in in_use for term in terms))  # sorting merges sorted runs
    number_of = dict(zip(united, range(len(united)), strict=True))
    numbers: list[Ints] = []
    for terms, counts in zip(in_use, having, strict=True):
        new = np.full(len(counts), -1, np.int64)
        new[counts > 0] = [number_of[term] for term in terms]
        numbers.append(new)
    return list(united), numbers


def _begins(
    terms: int, numbers: Sequence[Ints], counts: Sequence[NDArray[np.int64]]
) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """Where each merged term begins, and where each segment's posts and comments of each of its terms do."""
    totals = np.zeros(terms, np.int64)
    for new, having in zip(numbers, counts, strict=True):
        totals[new[new >= 0]] += having.sum(axis=1)[new >= 0]
    starts = edges(totals)
    free, begins = starts[:-1].copy(), [np.zeros_like(having) for having in counts]
    for column in (0, 1):
        for new, having, begin in zip(numbers, counts, begins, strict=True):
            used = new >= 0
            begin[used, column] = free[new[used]]
            free[new[used]] += having[used, column]
    return starts, begins


def _frequencies(parts: Sequence[_Part], postings: int) -> NDArray[np.int32] | None:
    merged = np.empty(postings, np.int32)
    for part in parts:
        if part.field.frequencies is None:
            return None
        for old, new, places in part.portions():
            merged[places] = part.field.frequencies[old][new >= 0]
    return merged


def _positions(parts: Sequence[_Part], frequencies: NDArray[np.int32]) -> NDArray[np.int32] | None:
    """Copy the positions of each posting to where the merged posting has them."""
    starts = edges(frequencies)
    merged = np.empty(starts[-1], np.int32)
    for part in parts:
        if part.field.positions is None or part.field.frequencies is None:
            return None
        end = 0
        for old, new, places in part.portions():
            times = part.field.frequencies[old]
            begin, end = end, end + int(times.sum(dtype=np.int64))
            kept, standing = new >= 0, part.field.positions[begin:end]
            merged[spans(starts[places], times[kept])] = standing[np.repeat(kept, times)]
    return merged


def _lengths(fields: Sequence[Inverted], renumbered: Sequence[Renumbering]) -> NDArray[np.int32]:
    staying = [each.documents >= 0 for each in renumbered]
    merged = np.zeros(sum(map(np.count_nonzero, staying)), np.int32)
    for field, each, keep in zip(fields, renumbered, staying, strict=True):
        merged[each.documents[keep]] = field.lengths[keep]
    return merged
