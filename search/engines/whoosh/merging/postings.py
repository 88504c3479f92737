"""One field of several segments as one, without sorting a posting.

Within a segment the postings of a term are in order already, and stay so when documents are renumbered:
posts first, then comments. So the merged postings of a term are the first segment's posts, the second's
and so on, then the first segment's comments and so on. Counting says where each of these runs begins, and
whole runs are copied there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.merging.renumbering import Renumbering
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.ranges import offsets, ranges, sizes

AT_ONCE: Final = 1 << 19
"""How many postings have their positions copied in one step, which bounds the memory for it."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged field, and for each segment the new number of each of its terms, -1 for one that is gone."""

    field: Inverted
    numbers: tuple[Ints, ...]


@dataclass(frozen=True, slots=True)
class _Survivors:
    """What stays of one segment's field: the postings with their new documents, still grouped by old term."""

    field: Inverted
    kept: Ints | None
    documents: NDArray[np.int32]
    posts: Ints
    comments: Ints

    @property
    def frequencies(self) -> NDArray[np.int32] | None:
        all_of_them = self.field.frequencies
        return all_of_them if all_of_them is None or self.kept is None else all_of_them[self.kept]


def merge_postings(parts: Sequence[Inverted], renumbered: Sequence[Renumbering]) -> Merged:
    """Merge a field of segments (at least one), none of whose terms is the `same` as another field's."""
    survivors = [_survivors(part, of_part) for part, of_part in zip(parts, renumbered, strict=True)]
    terms, numbers = _united([(each.field.terms, each.posts + each.comments) for each in survivors])
    counts = np.zeros(len(terms), np.int64)
    for each, new in zip(survivors, numbers, strict=True):
        counts[new[new >= 0]] += (each.posts + each.comments)[new >= 0]
    starts = offsets(counts)
    places = _places(survivors, numbers, starts)
    documents = np.empty(starts[-1], np.int32)
    for each, there in zip(survivors, places, strict=True):
        documents[there] = each.documents
    frequencies = _merged_frequencies(survivors, places)
    positions = None if frequencies is None else _merged_positions(survivors, places, frequencies)
    lengths = _merged_lengths(parts, renumbered)
    return Merged(Inverted(terms, starts, documents, lengths, frequencies, positions), tuple(numbers))


def _survivors(part: Inverted, renumbering: Renumbering) -> _Survivors:
    documents = renumbering.documents[part.documents]
    starts, kept = part.starts, None
    if len(documents) and documents.min() < 0:
        staying = documents >= 0
        starts, kept, documents = offsets(staying)[part.starts], np.flatnonzero(staying), documents[staying]
    posts_before = offsets(documents < renumbering.first_comment)
    posts = sizes(posts_before[starts])
    return _Survivors(part, kept, documents, posts, sizes(starts) - posts)


def _united(parts: Sequence[tuple[Sequence[bytes], Ints]]) -> tuple[list[bytes], list[Ints]]:
    """All terms that still have a document, in order, and the number among them of each part's terms."""
    in_use = [[terms[each] for each in np.flatnonzero(counts).tolist()] for terms, counts in parts]
    united = dict.fromkeys(sorted(term for terms in in_use for term in terms))  # sorting merges sorted runs
    number_of = dict(zip(united, range(len(united)), strict=True))
    numbers: list[Ints] = []
    for terms, (_, counts) in zip(in_use, parts, strict=True):
        new = np.full(len(counts), -1, np.int64)
        new[counts > 0] = [number_of[term] for term in terms]
        numbers.append(new)
    return list(united), numbers


def _places(
    survivors: Sequence[_Survivors], numbers: Sequence[Ints], starts: Ints
) -> list[NDArray[np.int64]]:
    """For each segment, where in the merged postings each of its own goes."""
    free = starts[:-1].copy()
    begins = [np.zeros((len(new), 2), np.int64) for new in numbers]
    for column in (0, 1):
        for each, new, begin in zip(survivors, numbers, begins, strict=True):
            used = new >= 0
            counts = (each.posts, each.comments)[column]
            begin[used, column] = free[new[used]]
            free[new[used]] += counts[used]
    return [
        ranges(begin.ravel(), np.column_stack((each.posts, each.comments)).ravel())
        for each, begin in zip(survivors, begins, strict=True)
    ]


def _merged_frequencies(
    survivors: Sequence[_Survivors], places: Sequence[NDArray[np.int64]]
) -> NDArray[np.int32] | None:
    merged = np.empty(sum(map(len, places)), np.int32)
    for each, there in zip(survivors, places, strict=True):
        frequencies = each.frequencies
        if frequencies is None:
            return None
        merged[there] = frequencies
    return merged


def _merged_positions(
    survivors: Sequence[_Survivors], places: Sequence[NDArray[np.int64]], frequencies: NDArray[np.int32]
) -> NDArray[np.int32] | None:
    """Copy the positions of each posting to where the merged posting has them."""
    new_starts = offsets(frequencies)
    merged = np.empty(new_starts[-1], np.int32)
    for each, there in zip(survivors, places, strict=True):
        old, counted = each.field.positions, each.field.frequencies
        if old is None or counted is None:
            return None
        old_starts = offsets(counted)
        kept = np.arange(len(counted)) if each.kept is None else each.kept
        for begin in range(0, len(there), AT_ONCE):
            block = slice(begin, begin + AT_ONCE)
            chosen = kept[block]
            take = ranges(old_starts[chosen], counted[chosen])
            merged[ranges(new_starts[there[block]], counted[chosen])] = old[take]
    return merged


def _merged_lengths(parts: Sequence[Inverted], renumbered: Sequence[Renumbering]) -> NDArray[np.int32]:
    staying = [each.documents >= 0 for each in renumbered]
    merged = np.zeros(sum(map(np.count_nonzero, staying)), np.int32)
    for part, each, keep in zip(parts, renumbered, staying, strict=True):
        merged[each.documents[keep]] = part.lengths[keep]
    return merged
