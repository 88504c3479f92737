"""The terms that tell a post from others, by which posts like it are found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.spans import edges

MOST: Final = 8
"""Key terms of a post at most."""

MOST_OF_FEW: Final = 12
"""The same in a segment of few documents, where it is a guess which terms tell most."""

SHARE: Final = 0.1
"""Terms in a larger share of the documents say little of any."""

FEW: Final = 200
"""Documents below which a segment is no sample of the archive: there a term may be in one, or in all."""

_SCORE_BITS: Final = 24

_PORTION: Final = 1 << 18
"""Postings that are looked at together, unless one term has more."""


def key_terms(body: Inverted, posts: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Where the key terms of each of the first `posts` documents begin, and their numbers.

    The most telling come first: by tf · idf, frequency times the logarithm of the share of documents that
    lack the term (Spärck Jones, 1972), and of equals the first term.
    """
    most = MOST if len(body.lengths) >= FEW else MOST_OF_FEW
    highest = max((float(score.max(initial=0.0)) for _, _, score in _telling(body, posts)), default=0.0)
    keys, terms = np.zeros(0, np.int64), np.zeros(0, np.int32)
    worst = np.full(posts, np.iinfo(np.int64).max)  # the key of the last of a post's terms, once it has all
    for term, document, score in _telling(body, posts):
        new = _keys(document, score, highest or 1.0)
        better = np.flatnonzero(new < worst[document])
        keys, terms = np.concatenate((keys, new[better])), np.concatenate((terms, term[better]))
        order = np.argsort(keys, kind="stable")
        starts = np.searchsorted(keys[order], np.arange(posts) << _SCORE_BITS)
        place = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
        order, last = order[place < most], order[place == most - 1]
        worst[keys[last] >> _SCORE_BITS] = keys[last]
        keys, terms = keys[order], terms[order]
    return edges(np.bincount(keys >> _SCORE_BITS, minlength=posts)), terms


def _telling(
    body: Inverted, posts: int
) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]]:
    """The postings of terms that may tell something of a post: terms, documents, scores; in portions."""
    documents, have = len(body.lengths), np.diff(body.starts)
    enough = (have >= 2) & (have <= SHARE * documents) if documents >= FEW else have > 0
    idf = np.log((documents + 1) / np.maximum(have, 1))
    ends = np.flatnonzero(np.diff(body.starts[:-1] // _PORTION)) + 1
    for first, last in pairwise([0, *ends.tolist(), len(have)]):
        postings = slice(int(body.starts[first]), int(body.starts[last]))
        term = np.repeat(np.arange(first, last, dtype=np.int32), have[first:last])
        chosen = np.flatnonzero(enough[term] & (body.documents[postings] < posts))
        term, document = term[chosen], body.documents[postings][chosen]
        score = idf[term]
        if body.frequencies is not None:
            score *= body.frequencies[postings][chosen]
        yield term, document, score


def _keys(document: NDArray[np.int32], score: NDArray[np.float64], highest: float) -> NDArray[np.int64]:
    """Numbers in the order of documents, then of scores from the highest: both as one, for one sort."""
    lacking = ((1.0 - score / highest) * ((1 << _SCORE_BITS) - 1)).astype(np.int64)
    return document.astype(np.int64) << _SCORE_BITS | lacking
