"""Documents that match, with their scores, and the arithmetic of sets on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints

Documents = NDArray[np.int32]
Places = NDArray[np.intp]

_ZEROS: Final = np.zeros(65_536, np.float32)
_ZEROS.flags.writeable = False


@dataclass(frozen=True, slots=True)
class Hits:
    """Documents by number, ascending and distinct, and the score of each. Neither array may be changed."""

    documents: Documents
    scores: NDArray[np.float32]

    def take(self, places: Ints) -> Hits:
        """Those at these places, which ascend."""
        return Hits(self.documents.take(places), self.scores.take(places))

    def slice(self, start: int, end: int) -> Hits:
        """Those at the places from `start` until `end`."""
        return Hits(self.documents[start:end], self.scores[start:end])

    def __len__(self) -> int:
        return len(self.documents)


def constant(documents: Documents, score: float = 0.0) -> Hits:
    """Documents that all score the same."""
    if score == 0.0 and len(documents) <= len(_ZEROS):
        return Hits(documents, _ZEROS[: len(documents)])
    return Hits(documents, np.full(len(documents), score, np.float32))


NO_DOCUMENTS: Final = np.zeros(0, np.int32)
NOTHING: Final = constant(NO_DOCUMENTS)


def common(one: Documents, other: Documents, size: int) -> tuple[Places, Places]:
    """Where in each of two lists the documents are that both have. `size` is how many documents there are.

    The shorter list is looked up in the longer one, by binary search where it is much shorter, and by
    marking the longer one's places in an array of all documents where that is quicker.
    """
    if len(one) > len(other):
        places, found = common(other, one, size)
        return found, places
    if not len(one):
        nowhere = np.zeros(0, np.intp)
        return nowhere, nowhere
    if 5 * len(one) < len(other) + size // 8:  # as measured
        places = other.searchsorted(one)
        kept = (other.take(places, mode="clip") == one).nonzero()[0]
        return kept, places.take(kept)
    place_of = np.zeros(size, np.int32)
    place_of[other] = np.arange(1, len(other) + 1, dtype=np.int32)
    marked = place_of.take(one)
    kept = marked.nonzero()[0]
    return kept, (marked.take(kept) - 1).astype(np.intp)


def members(wanted: Documents, listed: Documents, size: int) -> Bools:
    """Which of the wanted documents, in whatever order and maybe repeated, are in a list."""
    if not len(listed):
        return np.zeros(len(wanted), np.bool_)
    if 5 * len(wanted) < len(listed) + size // 8:
        found: Bools = listed.take(listed.searchsorted(wanted), mode="clip") == wanted
        return found
    having = np.zeros(size, np.bool_)
    having[listed] = True
    return having.take(wanted)


def both(one: Hits, some: Hits, size: int) -> Hits:
    """The second hits, which are some of the first ones' documents, scored by the sum."""
    if len(some) == len(one):
        return Hits(one.documents, one.scores + some.scores)
    places = common(one.documents, some.documents, size)[0]
    return Hits(some.documents, one.scores.take(places) + some.scores)


def without(hits: Hits, excluded: Documents, size: int) -> Hits:
    """The documents that are not among others."""
    places = common(hits.documents, excluded, size)[0]
    if not len(places):
        return hits
    left = np.ones(len(hits), np.bool_)
    left[places] = False
    return hits.take(left.nonzero()[0])


def any_of(several: Sequence[Hits], size: int, *, highest: bool = False) -> Hits:
    """The documents of any, scored by the sum or, where `highest` is asked for, by the highest score.

    A short list is put into a much longer one; lists that are short altogether are merged by sorting
    them, which takes runs in order as they are; and long ones are added up in an array of all documents.
    """
    several = [hits for hits in several if len(hits)]
    if len(several) < 2:
        return several[0] if several else NOTHING
    if highest:
        return _sorted_together(several, np.maximum)
    if len(several) == 2:
        shorter, longer = sorted(several, key=len)
        if 6 * len(shorter) < len(longer):
            return _inserted(shorter, longer)
    if 4 * sum(map(len, several)) < size:
        return _sorted_together(several, np.add)
    return _added_up(several, size)


def _inserted(shorter: Hits, longer: Hits) -> Hits:
    places = longer.documents.searchsorted(shorter.documents)
    there = longer.documents.take(places, mode="clip") == shorter.documents
    known, new = there.nonzero()[0], (~there).nonzero()[0]
    scores = longer.scores.copy()
    scores[places.take(known)] += shorter.scores.take(known)
    if not len(new):
        return Hits(longer.documents, scores)
    at = places.take(new) + np.arange(len(new))
    total = len(longer) + len(new)
    old = np.ones(total, np.bool_)
    old[at] = False
    joined = Hits(np.empty(total, np.int32), np.empty(total, np.float32))
    joined.documents[at], joined.scores[at] = shorter.documents.take(new), shorter.scores.take(new)
    joined.documents[old], joined.scores[old] = longer.documents, scores
    return joined


def _sorted_together(several: Sequence[Hits], combine: np.ufunc) -> Hits:
    documents = np.concatenate([hits.documents for hits in several])
    order = documents.argsort(kind="stable")
    documents = documents.take(order)
    first = np.ones(len(documents), np.bool_)
    np.not_equal(documents[1:], documents[:-1], out=first[1:])
    starts = first.nonzero()[0]
    scores: NDArray[Any] = np.concatenate([hits.scores for hits in several]).take(order)
    return Hits(documents.take(starts), combine.reduceat(scores, starts))


def _added_up(several: Sequence[Hits], size: int) -> Hits:
    scores, seen = np.zeros(size, np.float32), np.zeros(size, np.bool_)
    for hits in several:
        scores[hits.documents] += hits.scores
        seen[hits.documents] = True
    documents = seen.nonzero()[0]
    return Hits(documents.astype(np.int32), scores.take(documents))
